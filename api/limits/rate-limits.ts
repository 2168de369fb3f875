/**
 * Enforces the limits of `routes.ts`: 429 with `Retry-After` for too many calls, and 413 for a body on a
 * route without one. It does so before anything is read, compared or requested.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { createAddressOf } from './address.js';
import { createBuckets, type Buckets } from './buckets.js';
import { control as ours, inWords, type ControlName, type SimulatorControl } from './routes.js';

export type Gates = {
  readonly control: SimulatorControl;
  /** Counts one call of this endpoint. @returns 0, or the seconds until the next call is allowed */
  readonly take: (endpoint: ControlName, c: Context, whose?: string) => number;
  /** The same without counting. */
  readonly wait: (endpoint: ControlName, c: Context) => number;
  /** For endpoints that count every call, by address. */
  readonly each: (endpoint: ControlName) => MiddlewareHandler;
};

export type GatesOptions = {
  readonly control?: SimulatorControl | undefined;
  /** Number of own proxies that every call has passed. */
  readonly trustedProxies?: number | undefined;
  readonly now?: (() => number) | undefined;
};

export function createGates({ control = ours, trustedProxies = 0, now }: GatesOptions = {}): Gates {
  const addressOf = createAddressOf(trustedProxies);
  const names = Object.keys(control) as ControlName[];
  const made = names.map((name) => [name, createBuckets(control[name], { ...(now && { now }) })]);
  const buckets = Object.fromEntries(made) as Record<ControlName, Buckets>;
  const take: Gates['take'] = (endpoint, c, whose = addressOf(c)) => buckets[endpoint].take(whose);
  return {
    control,
    take,
    wait: (endpoint, c) => buckets[endpoint].wait(addressOf(c)),
    each: (endpoint) => async (c, next) => {
      if (isTooLarge(c, control[endpoint].body)) return tooLarge(c, control[endpoint].body);
      const seconds = take(endpoint, c);
      return seconds > 0 ? tooMany(c, seconds) : next();
    },
  };
}

/** Decides by the headers alone. */
function isTooLarge(c: Context, most: number): boolean {
  const isUncounted = most === 0 && c.req.header('transfer-encoding') !== undefined;
  return isUncounted || Number(c.req.header('content-length') ?? 0) > most;
}

export function tooLarge(c: Context, most: number): Response {
  c.header('connection', 'close');
  const message = `the body is larger than ${inWords(most)}`;
  return c.json({ error: 'too_large', message }, 413);
}

export function tooMany(c: Context, seconds: number): Response {
  return c.json(tooManyOf(c, seconds), 429);
}

/** For endpoints whose errors have another form. */
export function tooManyOf(c: Context, seconds: number): { error: string; message: string } {
  c.header('retry-after', String(seconds));
  return { error: 'too_many', message: `too many calls: try again in ${seconds} s` };
}
