/**
 * Handles the platform's events. The effect of a content depends on its author and on the phase of the
 * thread.
 */
import { compareCategories, doubtHandover, isBeingMoved, assignCategory } from './categories.js';
import { meetAuthor } from './messenger-control.js';
import { isBotsAgain } from './closing.js';
import { delivered, echoed } from './delivery.js';
import type { Content, ContentEvent, EngageEvent } from '../../contract/engage-event.js';
import { whoSpoke } from './inbox.js';
import { recentFailures } from './handover.js';
import { handleIntervention, handleTask } from './intervention.js';
import { linked } from './source-sdk-link.js';
import { changePhase, lockThread } from './phase.js';
import { handleQueueEvent } from './queue-position.js';
import { decide } from '../../policies/index.js';
import { count, note, remember, type ThreadState } from '../state/state.js';
import { traceOf } from '../../contract/trace-context.js';
import { humanSpoke, signOfLife } from './takeover.js';
import { backToBot } from './return-to-bot.js';
import { waitForQuiet } from './turn.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withInbox } from '../state/inbox.js';
import { withOwnership } from '../state/ownership.js';
import { withReport } from '../state/report.js';
import { handleControlEvent } from './messenger-control-events.js';

export function handleEvent(state: ThreadState, event: EngageEvent, now: number): ThreadState {
  if ('content' in event) return handleContent(linked(state, event), event, now);
  if ('interventionId' in event) return handleIntervention(state, event, now);
  if ('taskId' in event) return handleTask(state, event, now);
  if ('position' in event) return handleQueueEvent(state, event, now);
  if ('customerId' in event) return handleControlEvent(state, event, now);
  if (event.type === 'content.thread_opened') return signOfLife(state, event.issuedAt);
  return event.issuedAt < state.inbox.activityIssuedAt
    ? count(state, 'late')
    : lockThread(state, now);
}

function handleContent(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const by = whoSpoke(event, state);
  if (by === 'bot') return handleEcho(state, event, now);
  // An export only reports the delivery of a content that was received before.
  if (event.type === 'content.exported') return state;
  const { content, issuedAt } = event;
  const remembered = remember(countContent(state, content.id), {
    contentId: content.id,
    by,
    body: content.body,
    issuedAt,
  });
  if (by === 'automatic') return remembered;
  if (by === 'agent') return humanSpoke(remembered, { issuedAt, why: 'an agent wrote' }, now);
  return handleCustomer(withConversation(remembered, { lastContentAt: now }), event, now);
}

function handleEcho(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const confirmed = echoed(state, event.content, event.issuedAt, now);
  return event.type === 'content.exported' ? delivered(confirmed, event.content, now) : confirmed;
}

/** Counts a content on top of the platform's last number, unless that number includes it already. */
function countContent(state: ThreadState, id: string): ThreadState {
  const {
    inbox: { expectedContents, countedAhead },
    conversation: { record },
  } = state;
  if (expectedContents === undefined || record.some(({ contentId }) => contentId === id))
    return state;
  if (countedAhead.includes(id)) return state;
  return withInbox(state, { expectedContents: expectedContents + 1 });
}

function handleCustomer(before: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content, issuedAt } = event;
  // Written before the last human was done with this conversation: late, not a new question.
  if (before.ownership.phase === 'closed' && issuedAt <= before.ownership.humanDoneIssuedAt) {
    return count(before, 'late');
  }
  const { authorId: customerId = before.conversation.customerId } = content;
  const state = meetAuthor(withConversation(signOfLife(before, issuedAt), { customerId }), content);
  const about = { contentId: content.id, isPrivate: content.isPrivate };
  const next = followIntervention(withConversation(state, { lastCustomerContent: about }), content);
  switch (next.ownership.phase) {
    case 'agent':
      // The customer may still be talking to the human who has just completed.
      return addUnanswered(next, event, now);
    case 'handover':
      return whileWaiting(doubtHandover(next, content), event, now);
    case 'bot':
      return waitForQuiet(compareCategories(next, content), event, now);
    case 'closed':
      return reopen(next, event, now);
  }
}

/** A waiting customer may cancel the handover; all other contents wait. */
function whileWaiting(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const decision = decide({ at: 'customerWaits', content: event.content }, state.settings);
  if (decision?.do !== 'backToBot') return waitForQuiet(state, event, now);
  const why = 'the customer called the handover off';
  return backToBot(state, 'handoverCancelled', { why, say: decision.say }, now);
}

const unansweredLimit = { contents: 20, characters: 2_000 } as const;

function addUnanswered(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content, issuedAt } = event;
  // The event is late: the human has answered after this content.
  if (state.conversation.record.some((entry) => entry.by === 'agent' && entry.issuedAt > issuedAt))
    return state;
  const body = content.body.slice(0, unansweredLimit.characters);
  const entry = { content: { ...content, body }, at: now, issuedAt, ...traceOf(event) };
  const unanswered = [...state.conversation.unanswered, entry];
  // The first content dates the start of the wait; of the others the newest are kept.
  const [first, ...rest] = unanswered;
  return withConversation(state, {
    unanswered: first ? [first, ...rest.slice(1 - unansweredLimit.contents)] : [],
  });
}

/** A content names its intervention: it is open, and if new to us, not opened by us. */
function followIntervention(state: ThreadState, content: Content): ThreadState {
  const { interventionId: id } = content;
  if (id === undefined || state.human.intervention?.id === id) return state;
  return withHuman(state, { intervention: { id, isOpen: true, openedByUs: false, issuedAt: 0 } });
}

/** Within the inclusion delay the conversation continues; later a new one begins. */
function reopen(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const age = now - state.ownership.since;
  const isReturn =
    state.ownership.reason !== undefined && age <= state.settings.threadInclusionDelay;
  return isReturn ? customerReturned(state, event, now) : customerBegan(state, event, now);
}

function customerReturned(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content } = event;
  const closedBy = wasHumans(state) ? ('agent' as const) : ('bot' as const);
  const failures = recentFailures(state, now).length;
  const decision = decide(
    { at: 'customerReturns', closedBy, content, recentFailures: failures },
    state.settings,
  );
  if (decision?.do === 'stayQuiet') {
    return note(state, now, { code: 'stayedClosed' });
  }
  if (decision?.do === 'reopenTo' && decision.owner === 'agent') {
    const why = 'the customer returned to the agents';
    const reopened = changePhase(state, 'reopenedToAgent', { why }, now);
    return addUnanswered(assignCategory(reopened, 'agent'), event, now);
  }
  const why = 'the customer returned';
  return begin(changePhase(state, 'reopenedToBot', { why }, now), event, now);
}

function customerBegan(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const why = 'the customer wrote';
  const begun = changePhase(forgetConversation(state), 'customerWrote', { why }, now);
  const isOverdue =
    wasHumans(state) && state.routing.assignedCategory === 'agent' && isBotsAgain(state);
  return begin(isOverdue ? assignCategory(begun, 'bot') : begun, event, now);
}

/** True if a human had the thread last and has completed. */
function wasHumans(state: ThreadState): boolean {
  return state.ownership.reason === 'interventionSettled';
}

function begin(begun: ThreadState, event: ContentEvent, now: number): ThreadState {
  const counted = withReport(
    withConversation(withOwnership(begun, { episode: begun.ownership.episode + 1 }), {
      failedTurns: 0,
    }),
    { attention: undefined },
  );
  const isMoving = isBeingMoved(counted);
  const compared = isMoving ? counted : compareCategories(counted, event.content);
  return waitForQuiet(compared, event, now);
}

/** Resets the conversation, so that the bot starts without memory on an old thread. */
function forgetConversation(state: ThreadState): ThreadState {
  const record = state.conversation.record.slice(-1);
  const cleaned = withConversation(state, { record, memory: {}, profile: undefined });
  return withHuman(cleaned, { queue: undefined });
}
