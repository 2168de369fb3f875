/**
 * Type of one route of the operator API: the handler, the required role and the OpenAPI description are
 * one entry.
 */
import type { z } from 'zod';
import type { Role } from '../../settings/operators.js';
import type { OperatorContext } from './authorise.js';

export type Route = {
  readonly method: 'get' | 'post';
  /** Below `/operator`, with parameters in Hono's syntax. */
  readonly path: string;
  readonly needs: Role;
  /** Description in one line. */
  readonly does: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Successful answers, by status. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Further error statuses, besides those of every route. */
  readonly refuses?: readonly number[];
  readonly handle: (c: OperatorContext) => Promise<Response> | Response;
};
