/**
 * Parses the body of an operator's call: small JSON of a known shape. Checks, in this order: size 413,
 * content type 415, JSON 400, shape 422 naming each wrong field.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { z } from 'zod';
import { tooLarge } from '../limits/rate-limits.js';

export function limitSize(maxSize: number): MiddlewareHandler {
  return bodyLimit({ maxSize, onError: (c) => tooLarge(c, maxSize) });
}

export type WrongField = { readonly field: string; readonly problem: string };

/** The parsed body, or the answer with the error. */
export async function readBody<T extends z.ZodType>(
  c: Context,
  schema: T,
): Promise<{ readonly body: z.output<T> } | { readonly refusal: Response }> {
  const [contentType] = (c.req.header('content-type') ?? '').split(';');
  if (contentType?.trim().toLowerCase() !== 'application/json') {
    const message = 'expected application/json';
    return { refusal: c.json({ error: 'content_type', message }, 415) };
  }
  let given: unknown;
  try {
    given = await c.req.json();
  } catch {
    return { refusal: c.json({ error: 'not_json', message: 'the body is not JSON' }, 400) };
  }
  const parsed = schema.safeParse(given);
  if (parsed.success) return { body: parsed.data };
  return { refusal: unprocessable(c, parsed.error.issues.flatMap(wrongFields)) };
}

export function unprocessable(c: Context, fields: readonly WrongField[]): Response {
  const message = fields.map(({ field, problem }) => `${field}: ${problem}`).join('; ');
  return c.json({ error: 'not_understood', message, fields }, 422);
}

export function wrongFields(issue: z.core.$ZodIssue): readonly WrongField[] {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const problem = 'unknown field';
    return issue.keys.map((key) => ({ field: [...path, key].join('.'), problem }));
  }
  return [{ field: path.join('.') || 'body', problem: issue.message }];
}
