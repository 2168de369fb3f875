/** `PUT /token`: an administrator replaces the API token of the bot's user. */
import type { Hono } from 'hono';
import { z } from 'zod';
import type { AccessToken } from '../access-token.js';
import { readJson } from './json.js';

const schema = z.strictObject({
  token: z.string().min(1).max(200),
  /** Status of the refusal of every other token. */
  refusal: z.union([z.literal(401), z.literal(403)], { error: 'expected 401 or 403' }).default(403),
});

export function tokenRoute(app: Hono, token: AccessToken): void {
  app.put('/token', async (c) => {
    const { token: value, refusal } = await readJson(c, schema);
    token.replace(value, refusal);
    return c.json({ done: true });
  });
}
