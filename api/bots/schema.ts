/** `GET /schemas/bot.json`: the JSON Schema of a bot's request and answer, for the tools of bot authors. */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { botSchemaDocument } from '../../bots/contract.js';

/** Seconds that clients may cache the schema before they revalidate it. */
const maxAge = 3_600;

export function createBotSchema() {
  const document = JSON.stringify(botSchemaDocument());
  const etag = `"${createHash('sha256').update(document).digest('base64url')}"`;
  return function botSchema(c: Context): Response {
    c.header('etag', etag);
    c.header('cache-control', `public, max-age=${maxAge}`);
    c.header('access-control-allow-origin', '*');
    if (c.req.header('if-none-match') === etag) return c.body(null, 304);
    return c.body(document, 200, { 'content-type': 'application/schema+json' });
  };
}
