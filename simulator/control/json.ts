/** Parses the body of a control's call; errors name the field. */
import type { Context } from 'hono';
import type { z } from 'zod';

export class ControlError extends Error {
  readonly status: 400 | 404 | 409 | 422;
  readonly field: string | undefined;

  constructor(status: ControlError['status'], message: string, field?: string) {
    super(message);
    this.status = status;
    this.field = field;
  }
}

/** @throws ControlError 400 for invalid JSON, 422 naming the wrong field */
export async function readJson<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    throw new ControlError(400, 'the body is not JSON');
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...keys].map(String).join('.');
  throw new ControlError(
    422,
    `${field === '' ? 'body' : field}: ${issue?.message ?? 'is wrong'}`,
    field,
  );
}
