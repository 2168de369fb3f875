/**
 * `GET /demo/web-chat`: a shop's website with the platform's chat, to try Baton's web chat script.
 * `?script=` is the script's URL, on this machine only.
 */
import type { Context, Hono } from 'hono';
import { ControlError } from '../control/json.js';
import type { Platform } from '../platform/platform.js';
import { sources } from '../seed.js';
import { chatScript } from './chat-script.js';
import { demoPage } from './demo-page.js';

const usualScript = 'http://127.0.0.1:8080/web-chat.js';
const thisMachine = ['127.0.0.1', 'localhost', '[::1]'];

export function webChatRoutes(app: Hono, platform: Platform): void {
  app.get('/demo/web-chat', (c) => c.html(demoPage(scriptOf(c))));
  app.get('/demo/web-chat/loader.js', (c) =>
    c.body(chatScript, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  );
  app.get('/demo/web-chat/available', (c) =>
    c.json({ available: isAnybodyThere(platform) ? 1 : 0 }),
  );
}

/** Availability and workload of the users who may reply on the chat. */
export function isAnybodyThere({ state }: Platform): boolean {
  const channel = state.sources[sources.chat]?.channel_id ?? '';
  return Object.entries(state.agentStatuses).some(([userId, on]) => {
    const agent = on[channel];
    const mayReply = state.users[userId]?.sources[sources.chat]?.includes('reply') ?? false;
    return mayReply && agent?.status === 'available' && agent.busyness !== 'full';
  });
}

function scriptOf(c: Context): string {
  const given = c.req.query('script') ?? usualScript;
  const url = URL.canParse(given) ? new URL(given) : undefined;
  const isOk =
    url && ['http:', 'https:'].includes(url.protocol) && thisMachine.includes(url.hostname);
  if (!isOk) throw new ControlError(422, 'script: expected a URL on this machine', 'script');
  return url.href.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}
