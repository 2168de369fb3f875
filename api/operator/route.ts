/**
 * One route of the operator API: what is mounted, who may call it, and what the OpenAPI document says of it
 * are the same line of the table.
 */
import type { z } from 'zod';
import type { Role } from '../../settings/operators.js';
import type { OperatorContext } from './authorise.js';

export type Route = {
  readonly method: 'get' | 'post';
  /** Below `/operator`; parameters as Hono writes them. */
  readonly path: string;
  readonly needs: Role;
  /** One line. */
  readonly does: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** What it answers when all is well, by status. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Other statuses it knows besides those every route has. */
  readonly refuses?: readonly number[];
  readonly handle: (c: OperatorContext) => Promise<Response> | Response;
};
