/**
 * The pure core of a Source SDK conversation: takes a state, an event and the time, and returns the
 * next state.
 *
 * The owner of the conversation is not decided here: the thread that accompanies it on the platform
 * decides, by the same phases and rules as any thread. This module only enters the platform when
 * necessary, asks that thread for a human, and notifies the Source SDK bot of the results.
 */
import {
  type AgentSaid,
  type SourceSdkEvent,
  type SourceSdkMessage,
  type ThreadMoved,
  notNow,
} from '../contract/source-sdk.js';
import { queueMoved } from './queue-updates.js';
import { addLine, clear, count, once, enqueueUpdate, type SourceSdkState } from './state.js';

export function applyEvent(
  state: SourceSdkState,
  event: SourceSdkEvent,
  now: number,
): SourceSdkState {
  switch (event.type) {
    case 'customerKnown':
      return { ...state, customer: event.customer };
    case 'said':
      return said(state, event.message, now);
    case 'handoverAsked': {
      const next = once(state, `h:${event.id}`);
      if (!next) return count(state, 'duplicates');
      // Humans have been asked already.
      if (next.phase !== 'bot') return next;
      const asked = { isConfirmed: false, askedAt: now, wanted: event, queuePosition: undefined };
      return settleWanted({ ...next, phase: 'handover', ...asked }, now);
    }
    case 'agentSaid':
      return agentSaid(state, event, now);
    case 'queueMoved':
      return queueMoved(state, event, now);
    case 'typing':
      return enqueueUpdate(state, event.isTyping ? 'typing.start' : 'typing.stop', {}, now);
    case 'threadMoved':
      return threadMoved(state, event, now);
  }
}

function said(state: SourceSdkState, message: SourceSdkMessage, now: number): SourceSdkState {
  const next = once(state, `m:${message.by}:${message.id}`);
  if (!next) return count(state, 'duplicates');
  return { ...addLine(next, { ...message, receivedAt: now, isPushed: false }), lastAt: now };
}

function agentSaid(state: SourceSdkState, event: AgentSaid, now: number): SourceSdkState {
  const next = once(state, `a:${event.contentId}`);
  if (!next) return count(state, 'duplicates');
  const { contentId, from, body, senderName, createdAt, attachments, structuredContent } = event;
  const params = {
    ...{ id: contentId, from, body },
    ...(senderName !== undefined && { sender_name: senderName }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(attachments && { attachments }),
    ...(structuredContent !== undefined && { structured_content: structuredContent }),
  };
  return enqueueUpdate({ ...next, lastAt: now }, 'messages.create', params, now, contentId);
}

function threadMoved(before: SourceSdkState, moved: ThreadMoved, now: number): SourceSdkState {
  if (before.thread && moved.at < before.thread.at) return before;
  const state: SourceSdkState = { ...before, thread: moved, lastAt: now };
  const because = { because: moved.reason };
  switch (moved.phase) {
    case 'handover':
      if (state.phase === 'handover' && state.isConfirmed) return state;
      return enqueueUpdate(withHumans(state, 'handover'), 'conversations.waiting', because, now);
    case 'agent':
      if (state.phase === 'agent') return state;
      return enqueueUpdate(withHumans(state, 'agent'), 'conversations.engaged', because, now);
    case 'bot': {
      const isReturned = state.isConfirmed || moved.reason === notNow;
      return isReturned ? backToBot(state, 'conversations.returned', moved.reason, now) : state;
    }
    case 'closed':
      // Before confirmation this is an earlier thread: a customer message under way will start a new
      // conversation on it.
      return state.isConfirmed
        ? backToBot(state, 'conversations.closed', moved.reason, now)
        : state;
  }
}

function withHumans(state: SourceSdkState, phase: 'handover' | 'agent'): SourceSdkState {
  return { ...clear(state, 'humansAsked'), phase, isConfirmed: true, wanted: undefined };
}

function backToBot(
  state: SourceSdkState,
  action: string,
  because: string,
  now: number,
): SourceSdkState {
  if (state.phase === 'bot') return state;
  const back: SourceSdkState = { ...state, phase: 'bot', isConfirmed: false, wanted: undefined };
  return enqueueUpdate(back, action, { because }, now);
}

/** Ends a handover that failed: the conversation returns to the Source SDK bot, which is notified. */
export function refuseHandover(state: SourceSdkState, code: string, now: number): SourceSdkState {
  if (state.phase !== 'handover' || state.isConfirmed) return state;
  return backToBot(state, 'conversations.refused', code, now);
}

/** Refuses a handover if the customer has said nothing since a human closed the last conversation. */
function settleWanted(state: SourceSdkState, now: number): SourceSdkState {
  if (!state.wanted) return state;
  const isThere = state.thread !== undefined && state.thread.phase !== 'closed';
  const isNew = state.lines.some(({ by, isPushed }) => by === 'customer' && !isPushed);
  const isComing = state.lines.some(({ by }) => by === 'customer') && state.thread === undefined;
  return isThere || isNew || isComing ? state : refuseHandover(state, 'nothingSaid', now);
}
