/**
 * Accepts events: removes duplicates, sorts them by time and determines the author.
 *
 * The platform delivers at least once, in any order, and one event through several webhooks. An event
 * is recognised by its id and by what it reports (the same content imported twice is one content).
 */
import type { Speaker } from '../../../bots/bot.js';
import type { Content, ContentEvent, EngageEvent } from '../../contract/engage-event.js';
import { isSourceSdkBots } from '../../contract/source-sdk-ids.js';
import { addSeen, hasSeen } from '../state/seen-ids.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import { count, type ThreadState } from '../state/state.js';
import { withInbox } from '../state/inbox.js';
import { rememberFor } from '../../contract/remembered-time.js';

/** Returns the new events, oldest first, and the state that remembers them. */
export function receiveNew(
  state: ThreadState,
  events: readonly EngageEvent[],
  now: number,
): { state: ThreadState; fresh: readonly EngageEvent[] } {
  const fresh: EngageEvent[] = [];
  let next = state;
  for (const event of [...events].sort(byIssue)) {
    if (wasReceived(next, event)) {
      next = count(next, 'duplicates');
      continue;
    }
    if (isStale(next, event)) {
      next = afterStale(next, event, now);
      continue;
    }
    next = withInbox(next, { seen: addSeen(next.inbox.seen, keysOf(event), now) });
    fresh.push(notAhead(event, now));
    // Skip times of other clocks: Facebook's, and ours for queue positions.
    if ('customerId' in event || 'position' in event) continue;
    next = withInbox(next, {
      newestIssuedAt: Math.max(next.inbox.newestIssuedAt, Math.min(event.issuedAt, now)),
    });
  }
  return { state: next, fresh };
}

/**
 * Returns the new events of the platform's own record, in its order. None is too old: unlike a delivery, the
 * record says what nobody has answered.
 */
export function receiveRecord<E extends EngageEvent>(
  state: ThreadState,
  events: readonly E[],
  now: number,
): { state: ThreadState; fresh: readonly E[] } {
  const fresh = events
    .filter((event) => !wasReceived(state, event))
    .map((event) => notAhead(event, now));
  const next = fresh.reduce((known, event) => {
    const seen = addSeen(known.inbox.seen, keysOf(event), now);
    const newestIssuedAt = Math.max(known.inbox.newestIssuedAt, Math.min(event.issuedAt, now));
    return withInbox(known, { seen, newestIssuedAt });
  }, state);
  return { state: next, fresh };
}

/** Milliseconds by which the platform's clock may be ahead of ours; its facts then keep their own order. */
const clocksDiffer = 60_000;

/** A time far ahead of ours is an error: it would make everything after it late. */
function notAhead<E extends EngageEvent>(event: E, now: number): E {
  return event.issuedAt > now + clocksDiffer ? { ...event, issuedAt: now } : event;
}

/** Oldest first. Equal times are ordered by id, so that the order within a delivery does not matter. */
function byIssue(a: EngageEvent, b: EngageEvent): number {
  return a.issuedAt - b.issuedAt || (a.id < b.id ? -1 : 1);
}

/**
 * A new run has no memory of earlier runs: an event older than the memory at the start of the run is a
 * late duplicate. The start counts, not the present time, because events accepted while no worker ran
 * for days are not late.
 */
function isStale(state: ThreadState, event: EngageEvent): boolean {
  return event.issuedAt < state.bornAt - rememberFor;
}

/**
 * Whether an earlier run has answered a customer's content is in the platform's record. It is not remembered
 * as received: what the record says of it counts.
 */
function afterStale(state: ThreadState, event: EngageEvent, now: number): ThreadState {
  const counted = count(state, 'stale');
  if (!('content' in event) || whoSpoke(event, state) !== 'customer') {
    return withInbox(counted, { seen: addSeen(counted.inbox.seen, keysOf(event), now) });
  }
  const mustRead = { since: now, tries: 0, isForLateContent: true } as const;
  return withInbox(counted, { mustRead: counted.inbox.mustRead ?? mustRead });
}

/** True if the thread has received this event. */
export function wasReceived(
  { inbox: { seen } }: { readonly inbox: Pick<ThreadState['inbox'], 'seen'> },
  event: EngageEvent,
): boolean {
  return [event.id, ...otherKeys(event)].some((key) => hasSeen(seen, key));
}

/**
 * Keys under which an event is remembered: its id, its content, and, for events that only the time
 * distinguishes, its second. The platform's journal is precise to the second and may be off by one.
 */
function keysOf(event: EngageEvent): readonly string[] {
  const second = Math.floor(event.issuedAt / 1000);
  const fact = factKey(event);
  if ('content' in event) return [event.id, fact];
  if (event.isRounded) return [event.id, `${fact}:~${second}`];
  return [event.id, `${fact}:${event.issuedAt}`, `${fact}:${second}`];
}

/** Keys under which the same event was received if it came another way. */
function otherKeys(event: EngageEvent): readonly string[] {
  const fact = factKey(event);
  if ('content' in event) return [fact];
  const second = Math.floor(event.issuedAt / 1000);
  const around = [second - 1, second, second + 1];
  if (event.isRounded) return [...around.map((at) => `${fact}:${at}`), `${fact}:~${second}`];
  return [`${fact}:${event.issuedAt}`, ...around.map((at) => `${fact}:~${at}`)];
}

/** Short key of an event, since a thread stores thousands: abbreviated type and subject. */
function factKey(event: EngageEvent): string {
  const type = event.type.replace(/([a-z]{1,3})[a-z]*/g, '$1');
  if ('content' in event) {
    const { id, synchronizationStatus, waitsForApproval } = event.content;
    // The same reply, once it is published, is news.
    const status = waitsForApproval ? 'waits' : synchronizationStatus;
    return `${type}:${id}${status === undefined ? '' : `:${status}`}`;
  }
  if ('interventionId' in event) return `${type}:${event.interventionId}`;
  return 'taskId' in event ? `${type}:${event.taskId}` : type;
}

/**
 * Determines the author. Ours is what we posted or what our user wrote through the platform. Any other
 * content of the brand is a human's, even without a user: it was written in the channel's own app.
 */
export function whoSpoke(event: ContentEvent, state: ThreadState): Speaker {
  const { content } = event;
  if (isOurs(event, state)) return 'bot';
  if (isIn(state.settings.automaticIdentityIds, content.authorId)) return 'automatic';
  if (isSourceSdkBots(content)) return 'automatic';
  if (content.creatorId) return 'agent';
  if (event.type !== 'content.imported') return event.userId ? 'agent' : 'automatic';
  return isBrands(content, state.settings) ? 'agent' : 'customer';
}

function isOurs(
  { content, userId }: ContentEvent,
  { outbox: { sent, items }, settings }: ThreadState,
): boolean {
  if (sent.some(({ contentId }) => contentId === idByChannel(content, settings))) return true;
  if (isEchoOnMessenger(content, items, settings)) return true;
  return (content.creatorId ?? userId) === settings.botUser.userId;
}

/** The echo of a reply may arrive before Facebook's answer to the post. */
function isEchoOnMessenger(
  content: Content,
  items: ThreadState['outbox']['items'],
  settings: SourceSettings,
) {
  const isNative = content.foreignId !== undefined && isBrands(content, settings);
  if (settings.driver?.by !== 'messenger' || !isNative) return false;
  return items.some((one) => one.do === 'reply' && one.body.trim() === content.body.trim());
}

/** Id by which a reply is recognised: on Messenger, where our own app posts, Facebook's id. */
export function idByChannel(content: Content, { driver }: SourceSettings): string {
  return (driver?.by === 'messenger' ? content.foreignId : undefined) ?? content.id;
}

function isBrands(content: Content, { botUser }: SourceSettings): boolean {
  if (isIn(botUser.identityIds, content.authorId)) return true;
  return content.status === 'user_reply' || content.status === 'user_initiated';
}

/** True if the bot's own user caused the event: it is then no act of a human. */
export function isBotUser(settings: SourceSettings, userId: string | undefined): boolean {
  return userId === settings.botUser.userId;
}

function isIn(ids: readonly string[], id: string | undefined): boolean {
  return id !== undefined && ids.includes(id);
}
