/**
 * What the bot's answer means: replies are owed, tools are called and the bot asked again, a human is
 * asked for. An answer that is not the turn's any more means nothing.
 */
import type { BotAnswer, CalledTool } from '../../../bots/bot.js';
import { fitReplies } from './fit-replies.js';
import { handOver } from './handover.js';
import { learn, oweProfile } from './customer-profile.js';
import { owe, say } from '../state/outbox-operations.js';
import { decide } from '../../policies/index.js';
import { questionId } from './bot-request.js';
import { answerableUntil } from './bot-routing.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import type { Turn } from '../state/turn.js';
import { aboutNewest, waitForMore, keepMemory } from './turn.js';
import {
  emergencyFailure,
  isFailure,
  type Failure,
  type ToolOutcome,
  type WorkOf,
} from '../../contract/work.js';
import type { OutboxItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withOutbox } from '../state/outbox.js';

/** A bot that calls and calls has lost its way. */
const callLimit = 20;
/** So often in a row it may wait for more, and so long at most. */
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
  return isFailure(outcome)
    ? botFailed(state, turn, outcome.failed, now)
    : botAnswered(state, turn, outcome, now);
}

/** The answer that was to come later; dropped when it is not to the question at hand. */
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
  if (!isAwaited) return note(state, now, 'answer dropped', 'nobody waits for it any more');
  const asked = work?.do === 'askBot' ? undefined : work;
  return afterBot(
    withOutbox(withConversation(state, { turn: withoutLater(turn) }), { inFlight: asked }),
    answer,
    now,
  );
}

/** The answer that was to come later has not come. */
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
  return take(state, turn, answer, now);
}

function take(state: ThreadState, turn: Turn, answer: BotAnswer, now: number): ThreadState {
  const decision = decide({ at: 'botAnswered', answer }, state.settings);
  const { state: fitted, replies: fitting } = fitReplies(state, answer.replies, now);
  const answered: ThreadState = withConversation(learn(fitted, answer.customerProfile, now), {
    failedTurns: 0,
    turn: { ...turn, remember: answer.remember ?? turn.remember },
  });
  if (decision?.do === 'handOver') {
    const { fields, reason } = answer.handOver ?? {};
    const told = { ...(fields && { fields }), ...(reason !== undefined && { reason }) };
    const wanted = { because: decision.because, farewell: fitting, ...told };
    return handOver(keepMemory(answered), wanted, now);
  }
  const about = aboutNewest(turn);
  const replies = fitting.map((one, i) => say(state, about, one, `reply-${i}`, 'bot'));
  const {
    ownership: { epoch },
  } = state;
  const solve: OutboxItem = { do: 'solve', key: `${epoch}/solve/${turn.id}`, epoch };
  // Once it is solved, nothing of the conversation is owed any more.
  const told = oweProfile(owe(answered, ...replies));
  return answer.isSolved ? owe(told, solve) : told;
}

function callFirst(state: ThreadState, turn: Turn, answer: BotAnswer, now: number): ThreadState {
  const { calls = [], remember } = answer;
  const { called = [] } = turn;
  if (called.length + calls.length > callLimit) return botFailed(state, turn, 'TooManyCalls', now);
  // Its id is the tool's key: the second of one id would be taken for the first, and not be done.
  const ids = [...called, ...calls].map(({ id }) => id);
  if (new Set(ids).size < ids.length) return botFailed(state, turn, 'CallIdUsedTwice', now);
  return withConversation(state, {
    turn: { ...turn, calls, called, remember: remember ?? turn.remember },
  });
}

/** A tool was called: the next one, or the bot again. */
export function afterTool(
  state: ThreadState,
  { input }: WorkOf<'callTool'>,
  outcome: ToolOutcome | Failure,
): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn) return state;
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
  const noted = note(
    withConversation(state, { failedTurns }),
    now,
    'the bot gave no answer',
    failed,
  );
  if (failed === emergencyFailure) return emergency(noted, now);
  const decision = decide({ at: 'botFailed', failedTurns }, state.settings);
  if (decision?.do === 'handOver') {
    return handOver(noted, { because: decision.because, farewell: [] }, now);
  }
  if (decision?.do !== 'apologise') return raiseAttention(noted, now, 'botUnavailable');
  const sorry = { body: state.settings.texts.botFailed };
  return owe(noted, say(noted, aboutNewest(turn), sorry, 'sorry', 'bot'));
}

/** The bot's voice was cut: humans have the thread, and the customer is told nothing by us. */
export function emergency(state: ThreadState, now: number): ThreadState {
  return handOver(state, { because: 'emergency', farewell: [] }, now);
}
