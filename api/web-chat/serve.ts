/**
 * `GET /web-chat.js`: the script for the pages of a website. Public: it contains only the trigger and
 * whether the chat is open now. Caches may keep it until the opening hours change, five minutes at most.
 */
import { createHash } from 'node:crypto';
import type { Context } from 'hono';
import { nextChangeAt, openingAt } from '../../engage/availability/hours.js';
import type { WebChat } from '../../settings/web-chat.js';
import { webChatScript, type Showing } from './script.js';

/** Seconds. */
const longestKept = 300;

export function createWebChat(settings: WebChat, now: () => number = Date.now) {
  return function webChat(c: Context): Response {
    const { showing, keptFor } = showingAt(settings, now());
    const script = webChatScript(showing);
    const tag = `"${createHash('sha256').update(script).digest('base64url')}"`;
    const headers = {
      'content-type': 'text/javascript; charset=utf-8',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': `public, max-age=${keptFor}`,
      etag: tag,
    };
    const known = (c.req.header('if-none-match') ?? '').split(',').map((one) => one.trim());
    return known.includes(tag) ? c.body(null, 304, headers) : c.body(script, 200, headers);
  };
}

export function showingAt(
  { triggerId, hours }: WebChat,
  now: number,
): { readonly showing: Showing; readonly keptFor: number } {
  if (!hours) {
    return { showing: { triggerId, isOpen: true, opensAt: null }, keptFor: longestKept };
  }
  const { isOpen } = openingAt(hours, now);
  const changesAt = nextChangeAt(hours, now);
  const opensAt = isOpen || changesAt === undefined ? null : new Date(changesAt).toISOString();
  const left = changesAt === undefined ? longestKept : Math.ceil((changesAt - now) / 1_000);
  return { showing: { triggerId, isOpen, opensAt }, keptFor: Math.min(left, longestKept) };
}
