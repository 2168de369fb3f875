/**
 * A run that takes the place of one that was ended: what that one knew is lost, and the platform's own record
 * of the thread is read. Contents with an answer there are only remembered; the others are handled as if they
 * had just been delivered, in the hands in which the platform has the thread.
 *
 * Afterwards attention stays until a person or an answer ends it: bot memory, timers and a reply that was in
 * flight are not in the platform's record.
 */
import type { RunEnded } from '../../contract/ended-run.js';
import type { ContentEvent } from '../../contract/engage-event.js';
import { isFailure, type Failure, type ReadContentsOutcome } from '../../contract/work.js';
import { decide } from '../../policies/index.js';
import { withConversation } from '../state/conversation.js';
import { withInbox } from '../state/inbox.js';
import { aboutContent } from '../state/outbox-item.js';
import { withRouting } from '../state/routing.js';
import { addSeen, hasSeen } from '../state/seen-ids.js';
import { note, raiseAttention, recorded, remember, type ThreadState } from '../state/state.js';
import type { WaitingContent } from '../state/turn.js';
import { withdrawTurn } from './turn.js';
import { afterSight } from './categories.js';
import { handleEvent } from './events.js';
import { receiveRecord, whoSpoke } from './inbox.js';
import { lockThread } from './phase.js';
import { retryAt } from './retries.js';
import { keepUnanswered } from './unanswered.js';
import { unansweredIn, type Spoken } from './unanswered-record.js';

/** A second report of the same run has no effect. */
export function afterRunEnded(state: ThreadState, { runId, how }: RunEnded, now: number) {
  const key = `ended:${runId}`;
  if (hasSeen(state.inbox.seen, key)) return state;
  const seen = addSeen(state.inbox.seen, [key], now);
  const mustRead = { since: now, tries: 0 };
  const noted = note(withInbox(state, { seen, mustRead }), now, { code: 'runEnded', how });
  return raiseAttention(noted, now, 'runEnded');
}

export function afterContents(
  state: ThreadState,
  outcome: ReadContentsOutcome | Failure,
  now: number,
): ThreadState {
  const again = isFailure(outcome) ? readAgain(state, outcome, now) : undefined;
  if (again) return again;
  // What a turn of this run is about to answer may have been answered by the earlier one.
  const read = withdrawTurn(withInbox(state, { mustRead: undefined }));
  if (isFailure(outcome)) return raiseAttention(read, now, 'threadUnreadable');
  const { categoryIds, isLocked, events } = outcome;
  const isWithBot = categoryIds.includes(state.settings.categories.bot);
  const spoken = events.map((event) => ({ event, by: whoSpoke(event, state) }));
  const published = spoken.filter(({ event }) => !event.content.waitsForApproval);
  const open = isLocked ? [] : withoutFarewell(state, unansweredIn(published, isWithBot));
  const humans = isWithBot ? undefined : spoken.findLast(({ by }) => by === 'agent');
  const { state: received, fresh } = receiveRecord(read, events, now);
  const known = rememberAll(withoutAnswered(received, published, open), published);
  const isToHandle = (event: ContentEvent) => event === humans?.event || open.includes(event);
  const handled = fresh
    .filter(isToHandle)
    .reduce(
      (next, event) => handleEvent(next, placed(event, categoryIds), now),
      humans ? withRouting(known, { assignedCategory: 'agent' }) : known,
    );
  const inHands = isLocked ? lockThread(handled, now) : afterSight(handled, categoryIds, now);
  const counts = { contents: events.length, unanswered: open.length };
  const noted = note(inHands, now, { code: 'rebuilt', ...counts });
  // A conversation that has just begun has forgotten what was said before it.
  const whole = withRouting(rememberAll(noted, published), { categoriesInDoubt: false });
  return state.inbox.mustRead?.isForLateContent ? whole : stillRaised(whole, now);
}

/** The platform is away: until `giveUpAfter`, as for a reply. In between the run may continue as new. */
function readAgain(state: ThreadState, failure: Failure, now: number): ThreadState | undefined {
  const { mustRead } = state.inbox;
  const nextAttemptAt = mustRead && retryAt(state, failure, mustRead, now);
  if (!mustRead || nextAttemptAt === undefined) return undefined;
  return withInbox(state, { mustRead: { ...mustRead, tries: mustRead.tries + 1, nextAttemptAt } });
}

/** A content that was delivered to this run may have been answered by the earlier one. */
function withoutAnswered(
  state: ThreadState,
  spoken: readonly Spoken[],
  open: readonly ContentEvent[],
): ThreadState {
  const closed = spoken.filter(({ by, event }) => by === 'customer' && !open.includes(event));
  const ids = new Set(closed.map(({ event }) => event.content.id));
  const isOpen = ({ content }: WaitingContent) => !ids.has(content.id);
  const waiting = state.conversation.waiting.filter(isOpen);
  return withConversation(keepUnanswered(state, isOpen), { waiting });
}

/** The content, as if it had been delivered now: its categories are those of the thread. */
function placed(event: ContentEvent, categoryIds: readonly string[]): ContentEvent {
  return { ...event, content: { ...event.content, categoryIds } };
}

function rememberAll(state: ThreadState, spoken: readonly Spoken[]): ThreadState {
  return spoken.reduce(rememberOne, state);
}

function rememberOne(state: ThreadState, { event, by }: Spoken): ThreadState {
  const { content, issuedAt } = event;
  const { id: contentId, authorId, body, isPrivate } = content;
  const asked = recorded(state, content.inReplyToId);
  const customerId = by === 'customer' ? authorId : asked?.customerId;
  const concerned = customerId === undefined ? {} : { customerId };
  const next = remember(state, { contentId, by, body, issuedAt, isPrivate, ...concerned });
  if (by !== 'customer') return next;
  const known = { customerId: authorId ?? state.conversation.customerId };
  return withConversation(next, { ...known, lastCustomerContent: aboutContent(content) });
}

/** Contents in which the customer only says goodbye wait for no answer. */
function withoutFarewell(
  state: ThreadState,
  open: readonly ContentEvent[],
): readonly ContentEvent[] {
  const isFarewell = ({ content }: ContentEvent) => {
    const returns = { at: 'customerReturns', closedBy: 'bot', content, recentFailures: 0 } as const;
    return decide(returns, state.settings)?.do === 'stayQuiet';
  };
  return open.every(isFarewell) ? [] : open;
}

/** A conversation that has just begun has no attention yet. */
function stillRaised(state: ThreadState, now: number): ThreadState {
  const isRaised = state.report.attention.some(({ code }) => code === 'runEnded');
  return isRaised ? state : raiseAttention(state, now, 'runEnded');
}
