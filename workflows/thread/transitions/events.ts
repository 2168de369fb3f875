/**
 * Handles the platform's events. The effect of a content depends on its author and on the phase of the
 * thread.
 */
import { replyWaits, withoutWaiting, writtenAt } from './approval.js';
import { compareCategories, doubtReturn, isBeingMoved, assignCategory } from './categories.js';
import { meetAuthor } from './messenger-control.js';
import { isBotsAgain } from './closing.js';
import { delivered, echoed } from './delivery.js';
import { noticeEmergency } from './emergency-notice.js';
import type { Content, ContentEvent, EngageEvent } from '../../contract/engage-event.js';
import { whoSpoke } from './inbox.js';
import { recentFailures } from './handover.js';
import { handleIntervention, handleTask } from './intervention.js';
import { linked } from './source-sdk-link.js';
import { changePhase, lockThread } from './phase.js';
import { handleQueueEvent } from './queue-position.js';
import { decide } from '../../policies/index.js';
import {
  count,
  note,
  raiseAttention,
  recorded,
  remember,
  type ThreadState,
} from '../state/state.js';
import { humanSpoke, signOfLife } from './takeover.js';
import { backToBot, mayReturnToBot } from './return-to-bot.js';
import { waitForQuiet } from './turn.js';
import { withConversation } from '../state/conversation.js';
import { aboutContent } from '../state/outbox-item.js';
import { withHuman } from '../state/human.js';
import { withInbox } from '../state/inbox.js';
import { withOwnership } from '../state/ownership.js';
import { withReport } from '../state/report.js';
import { handleControlEvent } from './messenger-control-events.js';
import { addUnanswered, answered, keepUnanswered, waitingContent } from './unanswered.js';

export function handleEvent(state: ThreadState, event: EngageEvent, now: number): ThreadState {
  if ('content' in event) return handleContent(linked(state, event), event, now);
  if ('interventionId' in event) return handleIntervention(state, event, now);
  if ('taskId' in event) return handleTask(state, event, now);
  if ('position' in event) return handleQueueEvent(state, event, now);
  if ('customerId' in event) return handleControlEvent(state, event, now);
  if (event.type === 'content.thread_opened') return signOfLife(state, event.issuedAt);
  if (event.issuedAt < state.inbox.activityIssuedAt) return count(state, 'late');
  // A rule of the platform closed it, not a person: whoever is unanswered stays known.
  const isForgotten =
    event.type === 'content.thread_auto_closed' && state.conversation.unanswered.length > 0;
  return lockThread(isForgotten ? raiseAttention(state, now, 'nobodyComes') : state, now);
}

function handleContent(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const by = whoSpoke(event, state);
  if (by === 'bot') return handleEcho(state, event, now);
  // An export only reports the delivery of a content that was received before.
  if (event.type === 'content.exported') return state;
  const { content, issuedAt } = event;
  const counted = countContent(state, content.id);
  if (by === 'agent' && content.waitsForApproval) return replyWaits(counted, event, now);
  const signAt = by === 'agent' ? writtenAt(state, content.id) : undefined;
  const concerned =
    by === 'customer' ? content.authorId : recorded(state, content.inReplyToId)?.customerId;
  const remembered = remember(withoutWaiting(counted, content.id), {
    contentId: content.id,
    by,
    body: content.body,
    issuedAt: signAt ?? issuedAt,
    isPrivate: content.isPrivate,
    ...(concerned !== undefined && { customerId: concerned }),
  });
  // The account's rules have marked the content as spam.
  const isIgnored = by === 'customer' && content.status === 'ignored';
  if (by === 'automatic' || isIgnored) return remembered;
  if (by === 'agent') {
    const spoken = { issuedAt, why: 'an agent wrote', ...(signAt !== undefined && { signAt }) };
    return humanSpoke(remembered, spoken, now);
  }
  return handleCustomer(withConversation(remembered, { lastContentAt: now }), event, now);
}

function handleEcho(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const confirmed = echoed(state, event.content, event.issuedAt, now);
  return event.type === 'content.exported' ? delivered(confirmed, event.content, now) : confirmed;
}

/** Adds a content to the expected number of contents, unless that number includes it already. */
function countContent(state: ThreadState, id: string): ThreadState {
  const {
    inbox: { expectedContents, countedAhead },
  } = state;
  if (expectedContents === undefined || recorded(state, id)) return state;
  if (countedAhead.includes(id)) return state;
  return withInbox(state, { expectedContents: expectedContents + 1 });
}

function handleCustomer(before: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content, issuedAt } = event;
  // Written before the human completed the conversation that is now closed: late, not a new question.
  if (before.ownership.phase === 'closed' && issuedAt <= before.ownership.humanDoneIssuedAt) {
    return count(before, 'late');
  }
  const { authorId: customerId = before.conversation.customerId } = content;
  const state = meetAuthor(withConversation(signOfLife(before, issuedAt), { customerId }), content);
  const lastCustomerContent = aboutContent(content);
  const open = addUnanswered(withConversation(state, { lastCustomerContent }), event, now);
  const next = followIntervention(open, content);
  switch (next.ownership.phase) {
    case 'agent':
      // Also within the settle window: the customer may still be talking to that human.
      return doubtReturn(next, content);
    case 'handover':
      return whileWaiting(doubtReturn(next, content), event, now);
    case 'bot':
      return waitForQuiet(compareCategories(next, content), event, now);
    case 'closed':
      return reopen(next, event, now);
  }
}

/** Phase `handover`: the customer may cancel the request for a human; all other contents wait. */
function whileWaiting(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const decision = decide({ at: 'customerWaits', content: event.content }, state.settings);
  const isCancelled = decision?.do === 'backToBot' && mayReturnToBot(state);
  if (!isCancelled) return noticeEmergency(waitForQuiet(state, event, now));
  const why = 'the customer called the handover off';
  const withoutRequest = keepUnanswered(state, ({ content }) => content.id !== event.content.id);
  return backToBot(withoutRequest, 'handoverCancelled', { why, say: decision.say }, now);
}

/** Tracks the intervention that a content names; one that is not tracked yet was opened by somebody else. */
function followIntervention(state: ThreadState, content: Content): ThreadState {
  const { interventionId: id } = content;
  if (id === undefined || state.human.intervention?.id === id) return state;
  return withHuman(state, { intervention: { id, isOpen: true, openedByUs: false, issuedAt: 0 } });
}

/** Within the inclusion delay the customer has returned, and the memory is kept; later it is reset. */
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
    return note(answered(state, [waitingContent(event, now)]), now, { code: 'stayedClosed' });
  }
  if (decision?.do === 'reopenTo' && decision.owner === 'agent') {
    const why = 'the customer returned to the agents';
    const reopened = changePhase(state, 'reopenedToAgent', { why }, now);
    return assignCategory(reopened, 'agent');
  }
  const why = 'the customer returned';
  const reopened = changePhase(state, 'reopenedToBot', { why }, now);
  return begin(isWithAgents(state) ? assignCategory(reopened, 'bot') : reopened, event, now);
}

function customerBegan(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const why = 'the customer wrote';
  const begun = changePhase(forgetConversation(state), 'customerWrote', { why }, now);
  const mustReturn = isWithAgents(state) && isBotsAgain(state);
  return begin(mustReturn ? assignCategory(begun, 'bot') : begun, event, now);
}

/**
 * True if the thread is in the agents' category, or on its way there or back. False if somebody outside Baton set
 * the category before the conversation was closed: it stays, and the thread is read.
 */
function isWithAgents(state: ThreadState): boolean {
  const { routing, outbox, ownership } = state;
  if (ownership.history.at(-2)?.reason === 'categoryChanged') return false;
  if (routing.assignedCategory === 'agent' || isBeingMoved(state)) return true;
  return outbox.inFlight?.do === 'recategorise';
}

/** True if a human had the thread last, and completed, or an operator closed it for them. */
function wasHumans({ ownership: { reason, history } }: ThreadState): boolean {
  if (reason === 'interventionSettled') return true;
  const isClosedForThem = reason === 'operatorClosed' || reason === 'threadLocked';
  return isClosedForThem && history.at(-2)?.phase === 'agent';
}

/** Begins the next conversation (`episode`) with the bot. */
function begin(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const counted = withReport(
    withConversation(withOwnership(state, { episode: state.ownership.episode + 1 }), {
      failedTurns: 0,
    }),
    { attention: stillTrue(state) },
  );
  const isMoving = isBeingMoved(counted);
  const compared = isMoving ? counted : compareCategories(counted, event.content);
  return waitForQuiet(compared, event, now);
}

/** What a new conversation does not end: that an earlier run was ended, and its contents are still unread. */
function stillTrue({ report, inbox }: ThreadState) {
  return inbox.mustRead ? report.attention.filter(({ code }) => code === 'runEnded') : [];
}

/** Resets the conversation, so that the bot starts without memory on an old thread. */
function forgetConversation(state: ThreadState): ThreadState {
  const record = state.conversation.record.slice(-1);
  const cleaned = withConversation(state, {
    ...{ record, memory: {}, profile: undefined },
    ...{ turnCustomerId: undefined, otherCustomers: {} },
  });
  return withHuman(cleaned, { queue: undefined });
}
