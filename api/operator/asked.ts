/** Parses the path and query of a call, or answers with what is wrong. */
import { z } from 'zod';
import { phases, speakers } from '../../workflows/contract/index.js';
import { isTimeZone } from '../timeline/words.js';
import { unprocessable, wrongFields } from './body.js';
import type { OperatorContext } from './authorise.js';

const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'expected a time zone such as Europe/Berlin')
  .default('UTC');

/** Time zone of the times within sentences. */
export const readingSchema = z.strictObject({ timeZone });

export const listSchema = z.strictObject({
  phase: z.enum(phases).optional(),
  // Same characters as names in `settings/`, so that a name cannot break out of a search's quotes.
  source: z
    .string()
    .max(200)
    .regex(/^[^"\\\p{Cc}]*$/u, 'expected a name of baton.config.ts')
    .optional(),
  reason: z
    .string()
    .regex(/^\w{1,50}$/, 'expected a reason code such as customerAsked')
    .optional(),
  attention: z.enum(['true', 'false'], 'expected true or false').optional(),
  next: z.enum(speakers).optional(),
  size: z.coerce
    .number()
    .int('expected a whole number')
    .min(1, 'expected 1 to 200')
    .max(200, 'expected 1 to 200')
    .default(50),
  /** `next` of the page before. */
  page: z
    .string()
    .regex(/^[\w-]{1,4000}$/, 'expected the value of `next` of the previous page')
    .optional(),
});

export function readQuery<T extends z.ZodType>(
  c: OperatorContext,
  schema: T,
): { readonly query: z.output<T> } | { readonly refusal: Response } {
  const parsed = schema.safeParse(c.req.query());
  if (parsed.success) return { query: parsed.data };
  return { refusal: unprocessable(c, parsed.error.issues.flatMap(wrongFields)) };
}
