/**
 * `PUT /messenger`: turns a source into a Facebook page with two apps, and sets its primary app; verifies
 * the bot's webhook as Facebook does. `GET /messenger`: history of thread control.
 */
import { randomBytes } from 'node:crypto';
import type { Hono } from 'hono';
import { z } from 'zod';
import { ControlError, readJson } from '../control/json.js';
import { findSource } from '../control/find.js';
import type { Platform } from '../platform/platform.js';
import { messengerPage } from '../seed.js';

const schema = z.strictObject({
  source: z.string(),
  primary: z.enum(['bot', 'platform', 'none']),
  token: z.string().min(1),
  webhook: z.strictObject({
    url: z.url(),
    app_secret: z.string().min(1),
    verify_token: z.string().min(1),
  }),
});

export function messengerRoutes(app: Hono, platform: Platform): void {
  const { state } = platform;
  app.get('/messenger', (c) => {
    const { history = [], primary } = state.messenger ?? {};
    return c.json({ primary, history });
  });
  app.put('/messenger', async (c) => {
    const { source, primary, token, webhook } = await readJson(c, schema);
    const { id: source_id } = findSource(platform, source);
    await verify(webhook);
    const page = { ...messengerPage, source_id, primary, token, webhook };
    state.messenger = { ...page, owners: {}, history: [] };
    return c.json({ page_id: page.page_id, primary });
  });
}

async function verify(webhook: z.output<typeof schema>['webhook']): Promise<void> {
  const challenge = randomBytes(8).toString('hex');
  const query = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.verify_token': webhook.verify_token,
    'hub.challenge': challenge,
  });
  const response = await fetch(`${webhook.url}?${query.toString()}`).catch(() => undefined);
  if (response?.status === 200 && (await response.text()) === challenge) return;
  throw new ControlError(422, 'webhook: it did not answer with the challenge', 'webhook');
}
