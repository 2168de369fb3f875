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
import { remember, type ThreadState } from './state.js';
import { humanEngaged } from './takeover.js';
import { waitForQuiet } from './turn.js';

export function hear(state: ThreadState, event: EngageEvent, now: number): ThreadState {
  if ('content' in event) return hearContent(state, event, now);
  if ('interventionId' in event) return hearIntervention(state, event, now);
  if ('taskId' in event) return hearTask(state, event, now);
  return event.type === 'content.thread_opened' ? state : lockThread(state, now);
}

function hearContent(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const by = whoSpoke(event, state);
  if (by === 'bot') return hearOurselves(state, event, now);
  // An export is a verdict about a content already heard, not somebody speaking.
  if (event.type === 'content.exported') return state;
  const { content, issuedAt } = event;
  const heard = remember(
    { ...state, expectedContents: state.expectedContents && state.expectedContents + 1 },
    { contentId: content.id, by, body: content.body, issuedAt },
  );
  if (by === 'automatic') return heard;
  if (by === 'agent') return humanEngaged(heard, { issuedAt, why: 'an agent wrote' }, now);
  return hearCustomer({ ...heard, lastContentAt: now }, content, now);
}

function hearOurselves(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const known = echoed(state, event.content, event.issuedAt, now);
  return event.type === 'content.exported' ? delivered(known, event.content, now) : known;
}

function hearCustomer(state: ThreadState, content: Content, now: number): ThreadState {
  const about = { contentId: content.id, isPrivate: content.isPrivate };
  const next = followIntervention({ ...state, lastCustomerContent: about }, content);
  switch (next.phase) {
    case 'agent':
      // The customer is still talking to the human who has just completed.
      return { ...next, settling: undefined };
    case 'handover':
      return waitForQuiet(next, content, now);
    case 'bot':
      return waitForQuiet(compareCategories(next, content), content, now);
    case 'closed':
      return reopen(next, content, now);
  }
}

/** Contents name the intervention they fall under: it is open, and so far not known as ours. */
function followIntervention(state: ThreadState, content: Content): ThreadState {
  const { interventionId: id } = content;
  if (id === undefined || state.intervention?.id === id) return state;
  return { ...state, intervention: { id, isOpen: true, openedByUs: false, issuedAt: 0 } };
}

/** Within the inclusion delay it is still the same conversation; later a new one begins. */
function reopen(state: ThreadState, content: Content, now: number): ThreadState {
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
  return waitForQuiet(compareCategories(counted, content), content, now);
}

/** A new conversation on an old thread: the bot starts clean. */
function forgetConversation(state: ThreadState): ThreadState {
  return { ...state, memory: {}, record: state.record.slice(-1) };
}
