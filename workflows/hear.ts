/**
 * A content was said, by anybody: what it means depends on who spoke and whose the thread is.
 */
import { compareCategories } from './categories.js';
import { delivered, echoed } from './delivery.js';
import type { Content, ContentEvent, EngageEvent } from './engage-event.js';
import { whoSpoke } from './inbox.js';
import { hearIntervention, hearTask } from './intervention.js';
import { changePhase, lockThread } from './phase.js';
import { decide } from './policies/index.js';
import { count, remember, type ThreadState } from './state.js';
import { humanEngaged, signOfLife } from './takeover.js';
import { waitForQuiet } from './turn.js';

export function hear(state: ThreadState, event: EngageEvent, now: number): ThreadState {
  if ('content' in event) return hearContent(state, event, now);
  if ('interventionId' in event) return hearIntervention(state, event, now);
  if ('taskId' in event) return hearTask(state, event, now);
  if (event.type === 'content.thread_opened') return signOfLife(state, event.issuedAt);
  return event.issuedAt < state.signIssuedAt ? count(state, 'late') : lockThread(state, now);
}

function hearContent(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const by = whoSpoke(event, state);
  if (by === 'bot') return hearOurselves(state, event, now);
  // An export is a verdict about a content already heard, not somebody speaking.
  if (event.type === 'content.exported') return state;
  const { content, issuedAt } = event;
  const heard = remember(countHeard(state, content.id), {
    contentId: content.id,
    by,
    body: content.body,
    issuedAt,
  });
  if (by === 'automatic') return heard;
  if (by === 'agent') return humanEngaged(heard, { issuedAt, why: 'an agent wrote' }, now);
  return hearCustomer({ ...heard, lastContentAt: now }, event, now);
}

function hearOurselves(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const known = echoed(state, event.content, event.issuedAt, now);
  return event.type === 'content.exported' ? delivered(known, event.content, now) : known;
}

/** One more content than the platform counted when we last looked, unless it is in that count. */
function countHeard(state: ThreadState, id: string): ThreadState {
  const { expectedContents, countedUnheard, record } = state;
  if (expectedContents === undefined || record.some(({ contentId }) => contentId === id))
    return state;
  if (countedUnheard.includes(id)) return state;
  return { ...state, expectedContents: expectedContents + 1 };
}

function hearCustomer(before: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content, issuedAt } = event;
  // A human was done with this conversation after it was written: late news, not a new question.
  if (before.phase === 'closed' && issuedAt <= before.humanDoneIssuedAt) {
    return count(before, 'late');
  }
  const state = signOfLife(before, issuedAt);
  const about = { contentId: content.id, isPrivate: content.isPrivate };
  const next = followIntervention({ ...state, lastCustomerContent: about }, content);
  switch (next.phase) {
    case 'agent':
      // The customer may still be talking to the human who has just completed.
      return next;
    case 'handover':
      return waitForQuiet(next, event, now);
    case 'bot':
      return waitForQuiet(compareCategories(next, content), event, now);
    case 'closed':
      return reopen(next, event, now);
  }
}

/** Contents name the intervention they fall under: it is open, and so far not known as ours. */
function followIntervention(state: ThreadState, content: Content): ThreadState {
  const { interventionId: id } = content;
  if (id === undefined || state.intervention?.id === id) return state;
  return { ...state, intervention: { id, isOpen: true, openedByUs: false, issuedAt: 0 } };
}

/** Within the inclusion delay it is still the same conversation; later a new one begins. */
function reopen(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const isReturn =
    state.episode > 0 && now - state.phaseSince <= state.settings.threadInclusionDelay;
  const closedBy = state.reason === 'interventionSettled' ? ('agent' as const) : ('bot' as const);
  const decision = isReturn
    ? decide({ at: 'customerReturns', closedBy }, state.settings)
    : undefined;
  if (decision?.do === 'reopenTo' && decision.owner === 'agent') {
    const why = 'the customer returned to the agents';
    return changePhase(state, 'reopenedToAgent', { why }, now);
  }
  const begun = isReturn
    ? changePhase(state, 'reopenedToBot', { why: 'the customer returned' }, now)
    : changePhase(forgetConversation(state), 'customerWrote', { why: 'the customer wrote' }, now);
  const counted = { ...begun, episode: begun.episode + 1, failedTurns: 0, attention: undefined };
  return waitForQuiet(compareCategories(counted, event.content), event, now);
}

/** A new conversation on an old thread: the bot starts clean. */
function forgetConversation(state: ThreadState): ThreadState {
  return { ...state, memory: {}, record: state.record.slice(-1) };
}
