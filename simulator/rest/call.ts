/** Context of every REST route: the platform, the caller, and the call's parameters. */
import type { Context, Hono } from 'hono';
import type { Platform } from '../platform/platform.js';
import type { User } from '../state.js';
import type { Parameters } from './parameters.js';

export type Call = {
  readonly platform: Platform;
  readonly parameters: Parameters;
  readonly user: User;
  /** The id in the path. */
  readonly id: string;
};

export type Routes = (on: On, platform: Platform) => void;
type Method = 'get' | 'post' | 'put' | 'delete';
/** Registers one call; what `handle` returns is the answer's JSON. */
export type On = (method: Method, path: string, handle: (call: Call) => unknown) => void;

/** Set by the routes, for `GET /record` and conformance checks. */
export type Variables = { parameters: Parameters | undefined; user: User };
export type SimulatorContext = Context<{ Variables: Variables }>;

export function createOn(app: Hono<{ Variables: Variables }>, platform: Platform): On {
  return (method, path, handle) => {
    app[method](`/1.0${path}`, (c) => {
      const parameters = c.get('parameters') ?? {};
      const id = c.req.param('id') ?? '';
      const answer = handle({ platform, parameters, user: c.get('user'), id });
      return c.json(answer as object);
    });
  };
}
