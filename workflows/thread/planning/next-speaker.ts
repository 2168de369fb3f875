/**
 * Who must speak next: one answer for each open thread, derived from its state. While a content of the
 * customer is unanswered, it is one of three: the bot, which runs or waits for a stated time; a human, while
 * an escalation runs; or an operator, because attention is raised. Pure.
 */
import type { NextSpeaker, Speaker } from '../../contract/next-speaker.js';
import type { DeadlineName } from '../../contract/deadline-name.js';
import type { ThreadState } from '../state/state.js';
import { isUndelivered } from '../transitions/closing.js';
import { deadlines } from './deadlines.js';

type Next = NextSpeaker<number>;
type Then = Next['then'];

/** Deadlines that pass if this one stays silent. */
const deadlinesOf: Readonly<Record<Speaker, readonly DeadlineName[]>> = {
  bot: ['burst-quiet', 'late-answer', 'bot-retry', 'outbox-retry', 'thread-read'],
  human: ['escalation', 'agent-settle', 'handover-confirm'],
  customer: ['escalation', 'customer-silence', 'agent-settle'],
  operator: [],
};

/** `undefined` for a closed thread without attention: nobody has to speak. */
export function nextSpeaker(state: ThreadState): Next | undefined {
  const { phase } = state.ownership;
  switch (phase) {
    case 'bot':
      return inPhaseBot(state);
    case 'handover':
    case 'agent': {
      const isWaiting = phase === 'handover' || isUnanswered(state);
      return isWaiting ? withHumans(state) : speaker(state, 'customer');
    }
    case 'closed':
      return state.report.attention.length > 0 ? speaker(state, 'operator') : undefined;
  }
}

function inPhaseBot(state: ThreadState): Next {
  if (isBotBusy(state)) return speaker(state, 'bot', activityOf(state));
  return isUnanswered(state) || isUndelivered(state)
    ? speaker(state, 'operator')
    : speaker(state, 'customer');
}

/** The bot speaks by itself, now or at a stated time. */
function isBotBusy({ conversation, human, inbox, outbox }: ThreadState): boolean {
  return (
    inbox.mustRead !== undefined ||
    conversation.turn !== undefined ||
    conversation.waiting.length > 0 ||
    human.request !== undefined ||
    outbox.items.some((item) => item.do === 'reply')
  );
}

/** Humans, until no escalation step is left: then attention is raised. */
function withHumans(state: ThreadState): Next {
  if (state.ownership.reason === 'emergency') {
    return speaker(state, 'human', { what: 'emergencyEnd' });
  }
  const isEscalating = nearest(state, 'human') !== undefined;
  const isForOperator = !isEscalating && state.report.attention.length > 0;
  return speaker(state, isForOperator ? 'operator' : 'human');
}

function speaker(state: ThreadState, who: Speaker, then?: Then): Next {
  const { unanswered } = state.conversation;
  return {
    who,
    since: since(state, who),
    unanswered: unanswered.length,
    then: then ?? nearest(state, who) ?? withoutDeadline(state, who),
  };
}

function since(state: ThreadState, who: Speaker): number {
  const { conversation, ownership, report } = state;
  const [oldest] = conversation.unanswered;
  const [attention] = report.attention;
  if (oldest) return oldest.at;
  if (who === 'operator' && attention) return attention.since;
  return Math.max(conversation.lastContentAt, conversation.agentSpokeAt, ownership.since);
}

function nearest(state: ThreadState, who: Speaker): Then | undefined {
  const names = deadlinesOf[who];
  const found = deadlines(state).find(({ name }) => names.includes(name));
  return found && { what: found.name, at: found.at };
}

function withoutDeadline(state: ThreadState, who: Speaker): Then {
  if (who === 'operator' && state.report.attention.length > 0) return { what: 'attention' };
  return { what: 'nothing' };
}

function activityOf({ outbox }: ThreadState): Then | undefined {
  return outbox.inFlight && { what: 'activity' };
}

function isUnanswered({ conversation }: ThreadState): boolean {
  return conversation.unanswered.length > 0;
}

/** A customer who waits for the bot for so long is found in lists; shorter turns cost no event. */
const longWait = 60_000;

/** What a thread publishes for lists: an ordinary turn of the bot is left out. */
export type Listed = {
  readonly who: Speaker;
  /** Set only while a content of the customer is unanswered. */
  readonly unansweredSince: number | undefined;
};

/** As `nextSpeaker`, but the customer's turn stands for an ordinary turn of the bot, which lasts seconds. */
export function listedSpeaker(state: ThreadState, now: number): Listed | undefined {
  const next = nextSpeaker(state);
  if (!next) return undefined;
  const { who, since: from, unanswered, then } = next;
  const isLong = now - from >= longWait || (then.at !== undefined && then.at - now >= longWait);
  if (who === 'customer' || (who === 'bot' && !isLong)) {
    return { who: 'customer', unansweredSince: undefined };
  }
  return { who, unansweredSince: unanswered > 0 ? from : undefined };
}
