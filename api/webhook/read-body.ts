/**
 * The request's body, never more than the limit of it.
 *
 * A declared length is believed, because Node's parser enforces it: one look at a header, no reading.
 * A chunked body is counted while it comes, and dropped at the first byte too many.
 */
import type { Context } from 'hono';

/** Undefined when the header alone does not tell. */
export function declaredTooLarge(c: Context, most: number): boolean | undefined {
  const contentLength = c.req.header('content-length');
  return contentLength === undefined ? undefined : Number(contentLength) > most;
}

/** The bytes, or `undefined` when there are too many. */
export async function readBody(c: Context, most: number): Promise<Buffer | undefined> {
  const isTooLarge = declaredTooLarge(c, most);
  if (isTooLarge) return undefined;
  if (isTooLarge === false) return Buffer.from(await c.req.arrayBuffer());
  const chunks: Uint8Array[] = [];
  let size = 0;
  const body = c.req.raw.body as AsyncIterable<Uint8Array> | null;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
