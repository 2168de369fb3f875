/**
 * What comes in, made trustworthy: each fact once, oldest first, with who spoke.
 *
 * The platform delivers at least once, in any order, and one fact through several webhooks. A fact
 * is known by its event id and by what it says (the same content imported twice is one content).
 */
import type { Speaker } from '../bots/bot.js';
import type { Content, ContentEvent, EngageEvent } from './engage-event.js';
import { addSeen, hasSeen, rememberFor } from './seen-ids.js';
import type { SourceSettings } from './source-settings.js';
import { count, type ThreadState } from './state.js';

/** The facts of `events` not seen before, oldest first, and the state that has now seen them. */
export function takeIn(
  state: ThreadState,
  events: readonly EngageEvent[],
  now: number,
): { state: ThreadState; fresh: readonly EngageEvent[] } {
  const fresh: EngageEvent[] = [];
  let next = state;
  for (const event of [...events].sort(byIssue)) {
    const keys = [event.id, factKey(event)];
    if (keys.some((key) => hasSeen(next.seen, key))) {
      next = count(next, 'duplicates');
      continue;
    }
    next = { ...next, seen: addSeen(next.seen, keys, now) };
    if (isStale(next, event)) {
      next = count(next, 'stale');
      continue;
    }
    fresh.push(event);
    next = { ...next, newestIssuedAt: Math.max(next.newestIssuedAt, event.issuedAt) };
  }
  return { state: next, fresh };
}

/** Oldest first; the id decides between equals, so that any order of one delivery ends alike. */
function byIssue(a: EngageEvent, b: EngageEvent): number {
  return a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1);
}

/**
 * A run that begins has forgotten the last one: what was older than memory then is a late duplicate.
 * Then, not now: what was accepted while no worker ran for days is as fresh as it was.
 */
function isStale(state: ThreadState, event: EngageEvent): boolean {
  return state.episode === 0 && event.issuedAt < state.bornAt - rememberFor;
}

/** Short, because a thread keeps thousands of them: the type cut short and what tells it apart. */
function factKey(event: EngageEvent): string {
  const type = event.type.replace(/([a-z]{1,3})[a-z]*/g, '$1');
  if ('content' in event) {
    const { id, synchronizationStatus } = event.content;
    return `${type}:${id}${synchronizationStatus === undefined ? '' : `:${synchronizationStatus}`}`;
  }
  if ('interventionId' in event) return `${type}:${event.interventionId}:${event.issuedAt}`;
  if ('taskId' in event) return `${type}:${event.taskId}:${event.issuedAt}`;
  return `${type}:${event.issuedAt}`;
}

/**
 * Who spoke. Ours is what we posted, or what our user wrote through the platform. Any other content
 * of the brand is a human's, even without a user: it was written in the channel's own app.
 */
export function whoSpoke(event: ContentEvent, state: ThreadState): Speaker {
  const { content } = event;
  if (isOurs(event, state)) return 'bot';
  if (isIn(state.settings.automaticIdentityIds, content.authorId)) return 'automatic';
  if (content.creatorId) return 'agent';
  if (event.type !== 'content.imported') return event.userId ? 'agent' : 'automatic';
  return isBrands(content, state.settings) ? 'agent' : 'customer';
}

function isOurs({ content, userId }: ContentEvent, { sent, settings }: ThreadState): boolean {
  if (sent.some(({ contentId }) => contentId === content.id)) return true;
  return (content.creatorId ?? userId) === settings.botUser.userId;
}

function isBrands(content: Content, { botUser }: SourceSettings): boolean {
  if (isIn(botUser.identityIds, content.authorId)) return true;
  return content.status === 'user_reply' || content.status === 'user_initiated';
}

/** Did one of ours act? A fact caused by the bot's own user says nothing about humans. */
export function isBotUser(settings: SourceSettings, userId: string | undefined): boolean {
  return userId === settings.botUser.userId;
}

function isIn(ids: readonly string[], id: string | undefined): boolean {
  return id !== undefined && ids.includes(id);
}
