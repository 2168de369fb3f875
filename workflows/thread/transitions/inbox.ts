/**
 * What comes in, made trustworthy: each fact once, oldest first, with who spoke.
 *
 * The platform delivers at least once, in any order, and one fact through several webhooks. A fact
 * is known by its event id and by what it says (the same content imported twice is one content).
 */
import type { Speaker } from '../../../bots/bot.js';
import type { Content, ContentEvent, EngageEvent } from '../../contract/engage-event.js';
import { isSourceSdkBots } from '../../contract/source-sdk-ids.js';
import { addSeen, hasSeen } from '../state/seen-ids.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import { count, type ThreadState } from '../state/state.js';
import { withInbox } from '../state/inbox.js';
import { rememberFor } from '../../contract/remembered-time.js';

/** The facts of `events` not seen before, oldest first, and the state that has now seen them. */
export function takeIn(
  state: ThreadState,
  events: readonly EngageEvent[],
  now: number,
): { state: ThreadState; fresh: readonly EngageEvent[] } {
  const fresh: EngageEvent[] = [];
  let next = state;
  for (const event of [...events].sort(byIssue)) {
    if (isKnown(next, event)) {
      next = count(next, 'duplicates');
      continue;
    }
    next = withInbox(next, { seen: addSeen(next.inbox.seen, keysOf(event), now) });
    if (isStale(next, event)) {
      next = count(next, 'stale');
      continue;
    }
    fresh.push(event);
    // Facebook's clock says nothing about the platform's, nor does ours, by which a place is dated.
    if ('customerId' in event || 'position' in event) continue;
    next = withInbox(next, { newestIssuedAt: Math.max(next.inbox.newestIssuedAt, event.issuedAt) });
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
  return state.ownership.episode === 0 && event.issuedAt < state.bornAt - rememberFor;
}

/** Has this thread taken this fact in? */
export function isKnown(
  { inbox: { seen } }: { readonly inbox: Pick<ThreadState['inbox'], 'seen'> },
  event: EngageEvent,
): boolean {
  return [event.id, ...otherKeys(event)].some((key) => hasSeen(seen, key));
}

/**
 * What a fact is known by later: its id, what it says, and, where only its time tells it apart, its
 * second. The platform's journal dates to the second, and not always to the same one.
 */
function keysOf(event: EngageEvent): readonly string[] {
  const second = Math.floor(event.issuedAt / 1000);
  const fact = factKey(event);
  if ('content' in event) return [event.id, fact];
  if (event.isRounded) return [event.id, `${fact}:~${second}`];
  return [event.id, `${fact}:${event.issuedAt}`, `${fact}:${second}`];
}

/** Under which keys the same fact would be known, had it come another way. */
function otherKeys(event: EngageEvent): readonly string[] {
  const fact = factKey(event);
  if ('content' in event) return [fact];
  const second = Math.floor(event.issuedAt / 1000);
  const around = [second - 1, second, second + 1];
  if (event.isRounded) return [...around.map((at) => `${fact}:${at}`), `${fact}:~${second}`];
  return [`${fact}:${event.issuedAt}`, ...around.map((at) => `${fact}:~${at}`)];
}

/** Short, because a thread keeps thousands of them: the type cut short and what it is about. */
function factKey(event: EngageEvent): string {
  const type = event.type.replace(/([a-z]{1,3})[a-z]*/g, '$1');
  if ('content' in event) {
    const { id, synchronizationStatus } = event.content;
    return `${type}:${id}${synchronizationStatus === undefined ? '' : `:${synchronizationStatus}`}`;
  }
  if ('interventionId' in event) return `${type}:${event.interventionId}`;
  return 'taskId' in event ? `${type}:${event.taskId}` : type;
}

/**
 * Who spoke. Ours is what we posted, or what our user wrote through the platform. Any other content
 * of the brand is a human's, even without a user: it was written in the channel's own app.
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
  { outbox: { sent, items: owed }, settings }: ThreadState,
): boolean {
  if (sent.some(({ contentId }) => contentId === idByChannel(content, settings))) return true;
  if (isEchoOnMessenger(content, owed, settings)) return true;
  return (content.creatorId ?? userId) === settings.botUser.userId;
}

/** A reply may be back before Facebook's answer says that it left. */
function isEchoOnMessenger(
  content: Content,
  owed: ThreadState['outbox']['items'],
  settings: SourceSettings,
) {
  const isNative = content.foreignId !== undefined && isBrands(content, settings);
  if (settings.driver?.by !== 'messenger' || !isNative) return false;
  return owed.some((one) => one.do === 'reply' && one.body.trim() === content.body.trim());
}

/** What a reply is known by: on Messenger, where our own app speaks, by Facebook's id of it. */
export function idByChannel(content: Content, { driver }: SourceSettings): string {
  return (driver?.by === 'messenger' ? content.foreignId : undefined) ?? content.id;
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
