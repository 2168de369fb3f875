/**
 * Applies the bot's answer: enqueues replies, calls tools and asks the bot again, or requests a human.
 * An answer to a superseded question is dropped.
 */
import type { BotAnswer, CalledTool } from '../../../bots/bot.js';
import { fitReplies } from './fit-replies.js';
import { noticeEmergency } from './emergency-notice.js';
import { handOver } from './handover.js';
import { mergeProfile, enqueueProfile } from './customer-profile.js';
import { answerPurpose, enqueue, enqueueReply } from '../state/outbox-operations.js';
import { decide } from '../../policies/index.js';
import { questionId } from './bot-request.js';
import { answerableUntil } from './bot-routing.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import { aboutNewest, type Turn } from '../state/turn.js';
import { waitForMore, keepMemory } from './turn.js';
import {
  emergencyFailure,
  isFailure,
  type Failure,
  type ToolOutcome,
  type WorkOf,
} from '../../contract/work.js';
import { excuses } from '../../contract/logged-decision.js';
import type { OutboxItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { markHandedOver } from './unanswered.js';
import { isUnknownBot, waitForWorker } from './unknown-bot.js';
import { withOutbox } from '../state/outbox.js';

/** Limit of tool calls per turn, against a bot that calls tools in a loop. */
const callLimit = 20;
/** How often in a row the bot may wait for more input, and the longest wait in milliseconds. */
const waitForMoreLimit = { times: 5, time: 60 * 60_000 } as const;

export function afterBot(
  state: ThreadState,
  outcome: BotAnswer | 'later' | Failure,
  now: number,
): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn) return state;
  if (outcome === 'later') {
    const until = answerableUntil(state.settings, turn);
    return withConversation(state, { turn: { ...turn, later: { until } } });
  }
  if (!isFailure(outcome)) return botAnswered(state, turn, outcome, now);
  if (isUnknownBot(outcome)) return waitForWorker(state, turn, now);
  return botFailed(state, turn, outcome.failed, now);
}

/** Applies a deferred answer; dropped if it does not belong to the open question. */
export function afterAnswer(
  state: ThreadState,
  { to, answer }: { readonly to: string; readonly answer: BotAnswer },
  now: number,
): ThreadState {
  const {
    conversation: { turn },
    outbox: { inFlight: work },
  } = state;
  const isAwaited = turn && (turn.later || work?.do === 'askBot') && questionId(state, turn) === to;
  if (!isAwaited) return note(state, now, { code: 'answerDropped' });
  const asked = work?.do === 'askBot' ? undefined : work;
  return afterBot(
    withOutbox(withConversation(state, { turn: withoutLater(turn) }), { inFlight: asked }),
    answer,
    now,
  );
}

/** The deadline of a deferred answer has passed: the turn has failed. */
export function afterNoAnswer(state: ThreadState, now: number): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn) return state;
  return botFailed(
    withConversation(state, { turn: withoutLater(turn) }),
    withoutLater(turn),
    'Timeout',
    now,
  );
}

export function laterUntil({ conversation: { turn } }: ThreadState): number | undefined {
  return turn?.later?.until;
}

function withoutLater(turn: Turn): Turn {
  return { ...turn, later: undefined };
}

function botAnswered(state: ThreadState, turn: Turn, answer: BotAnswer, now: number): ThreadState {
  const { calls = [], wait } = answer;
  if (calls.length > 0) return callFirst(state, turn, answer, now);
  const mayWaitForMore =
    state.conversation.waits < waitForMoreLimit.times && turn.called === undefined;
  if (
    wait &&
    mayWaitForMore &&
    answer.replies.length === 0 &&
    !answer.handOver &&
    !answer.isSolved
  ) {
    const memory = answer.remember ?? state.conversation.memory;
    const until = now + Math.min(wait.forMs, waitForMoreLimit.time);
    return waitForMore(withConversation(state, { memory, failedTurns: 0 }), turn, until);
  }
  return applyAnswer(state, turn, answer, now);
}

function applyAnswer(state: ThreadState, turn: Turn, answer: BotAnswer, now: number): ThreadState {
  const decision = decide({ at: 'botAnswered', answer }, state.settings);
  const { state: fitted, replies: fitting } = fitReplies(state, answer.replies, now);
  const answered: ThreadState = withConversation(
    mergeProfile(fitted, answer.customerProfile, now),
    {
      failedTurns: 0,
      turn: { ...turn, remember: answer.remember ?? turn.remember },
    },
  );
  if (decision?.do === 'handOver') {
    const { fields, reason } = answer.handOver ?? {};
    const given = { ...(fields && { fields }), ...(reason !== undefined && { reason }) };
    const wanted = { because: decision.because, farewell: fitting, ...given };
    return handOver(markHandedOver(keepMemory(answered), turn.contents), wanted, now);
  }
  const about = aboutNewest(turn);
  const replies = fitting.map((one, i) => enqueueReply(state, about, one, answerPurpose(i), 'bot'));
  const {
    ownership: { epoch },
  } = state;
  const solve: OutboxItem = { do: 'solve', key: `${epoch}/solve/${turn.id}`, epoch };
  // The profile is enqueued before `solve`, because nothing may be enqueued for a closed conversation.
  const next = enqueueProfile(enqueue(answered, ...replies));
  return answer.isSolved ? enqueue(next, solve) : next;
}

function callFirst(state: ThreadState, turn: Turn, answer: BotAnswer, now: number): ThreadState {
  const { calls = [], remember } = answer;
  const { called = [] } = turn;
  if (called.length + calls.length > callLimit) return botFailed(state, turn, 'TooManyCalls', now);
  // The id is the tool's idempotency key: a second call with the same id would be skipped as a
  // duplicate.
  const ids = [...called, ...calls].map(({ id }) => id);
  if (new Set(ids).size < ids.length) return botFailed(state, turn, 'CallIdUsedTwice', now);
  return withConversation(state, {
    turn: { ...turn, calls, called, remember: remember ?? turn.remember },
  });
}

/** Stores a tool's result; then the next tool is called, or the bot is asked again. */
export function afterTool(
  state: ThreadState,
  { input }: WorkOf<'callTool'>,
  outcome: ToolOutcome | Failure,
  now: number,
): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn) return state;
  if (isFailure(outcome) && isUnknownBot(outcome)) return waitForWorker(state, turn, now);
  const { calls = [], called = [] } = turn;
  const done: CalledTool = isFailure(outcome)
    ? { ...input.call, failed: outcome.failed }
    : { ...input.call, result: outcome.result };
  return withConversation(state, {
    turn: { ...turn, calls: calls.slice(1), called: [...called, done] },
  });
}

function botFailed(state: ThreadState, turn: Turn, failed: string, now: number): ThreadState {
  const failedTurns = state.conversation.failedTurns + 1;
  const counted = withConversation(state, { failedTurns });
  const noted = note(counted, now, { code: 'botFailed', failure: failed });
  if (failed === emergencyFailure) return emergency(noted, now);
  const decision = decide({ at: 'botFailed', failedTurns }, state.settings);
  if (decision?.do === 'handOver') {
    return handOver(noted, { because: decision.because, farewell: [] }, now);
  }
  if (decision?.do !== 'apologise') {
    const failedTurn = withConversation(noted, { turn: { ...turn, hasFailed: true } });
    return raiseAttention(failedTurn, now, 'botUnavailable');
  }
  const sorry = { body: state.settings.texts.botFailed };
  return enqueue(noted, enqueueReply(noted, aboutNewest(turn), sorry, excuses.botFailed, 'bot'));
}

/** An emergency has silenced the bot: humans get the thread, and the customer at most `texts.emergency`. */
export function emergency(state: ThreadState, now: number): ThreadState {
  return noticeEmergency(handOver(state, { because: 'emergency', farewell: [] }, now));
}
