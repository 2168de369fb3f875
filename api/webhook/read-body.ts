/**
 * Reads the request's body up to a limit.
 *
 * A declared length is trusted, because Node's parser enforces it: the check reads one header only. A
 * chunked body is counted while it arrives, and refused at the first byte above the limit.
 */
import type { Context } from 'hono';

/** Undefined without a Content-Length header: the body must then be counted. */
export function declaredTooLarge(c: Context, most: number): boolean | undefined {
  const contentLength = c.req.header('content-length');
  return contentLength === undefined ? undefined : Number(contentLength) > most;
}

/** The bytes, or `undefined` above the limit. */
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
