/**
 * A turn: one burst of customer contents and all that follows from it until we are quiet.
 *
 * Contents wait until the customer pauses. While a turn has not spoken, a newer content begins it
 * anew, so that one answer sees all; once it has spoken, newer contents wait for the next turn.
 */
import type { BotAnswer, BotTurn } from '../bots/bot.js';
import type { ContentEvent } from './engage-event.js';
import { handOver } from './handover.js';
import { learn, oweProfile } from './learnt.js';
import { mayHaveLeft, owe, say, type About, type Owed } from './outbox.js';
import { isThought } from './phase.js';
import { decide } from './policies/index.js';
import {
  count,
  note,
  raiseAttention,
  type ThreadState,
  type Turn,
  type WaitingContent,
} from './state.js';
import type { Failure } from './work.js';
import { emergencyFailure, isFailure } from './work.js';

/** A customer who never pauses must not starve: so often a turn may begin anew. */
const supersedeLimit = 5;

/** What waits is carried from run to run, and Temporal refuses what is larger than 2 MB. */
const contentLimit = 20_000;
const waitingLimit = { contents: 100, characters: 50_000 } as const;

/** In the order they were written, and only the newest: nobody answers a hundred one by one. */
function bounded(waiting: readonly WaitingContent[]): readonly WaitingContent[] {
  let characters = 0;
  const inOrder = waiting.toSorted((a, b) => a.issuedAt - b.issuedAt);
  const newest = inOrder.slice(-waitingLimit.contents);
  const first = newest.findLastIndex(({ content }) => {
    characters += content.body.length;
    return characters > waitingLimit.characters;
  });
  return newest.slice(first + 1);
}

/** Take back a turn that has not spoken: its contents wait again. */
export function withdrawTurn(state: ThreadState): ThreadState {
  const { turn } = state;
  if (!turn || hasSpoken(state, turn)) return state;
  return {
    ...state,
    turn: undefined,
    waiting: bounded([...turn.contents, ...state.waiting]),
    owed: state.owed.filter((owed) => !isOf(owed, turn)),
    wanted: undefined,
    work: isThought(state.work) ? undefined : state.work,
  };
}

export function waitForQuiet(
  state: ThreadState,
  { content, issuedAt }: ContentEvent,
  now: number,
): ThreadState {
  const body = content.body.slice(0, contentLimit);
  const waiting: WaitingContent = { content: { ...content, body }, at: now, issuedAt };
  const { turn } = state;
  if (!turn || hasSpoken(state, turn) || state.superseded >= supersedeLimit) {
    return { ...state, waiting: bounded([...state.waiting, waiting]) };
  }
  const withdrawn = withdrawTurn(state);
  const begunAnew: ThreadState = {
    ...withdrawn,
    superseded: state.superseded + 1,
    waiting: bounded([...withdrawn.waiting, waiting]),
  };
  return note(begunAnew, now, 'turn begun anew', 'the customer wrote before the bot had spoken');
}

function hasSpoken(state: ThreadState, turn: Turn): boolean {
  return turn.hasSpoken || state.owed.some((owed) => isOf(owed, turn) && mayHaveLeft(state, owed));
}

function isOf(owed: Owed, turn: Turn): boolean {
  return owed.key.endsWith(`/${turn.id}`);
}

/** When the waiting contents become a turn. */
export function quietAt({ waiting, settings, pausedUntil }: ThreadState): number | undefined {
  if (waiting.length === 0) return undefined;
  const heard = waiting.map(({ at }) => at);
  const [first, last] = [Math.min(...heard), Math.max(...heard)];
  const quiet = Math.min(last + settings.burst.quiet, first + settings.burst.cap);
  return Math.max(quiet, pausedUntil ?? 0);
}

/** The customer paused: rules first, then the bot. */
export function beginTurn(state: ThreadState, now: number): ThreadState {
  const contents = state.waiting.map(({ content }) => content);
  const decision = decide({ at: 'turnBegins', contents }, state.settings);
  const begun = count({ ...state, waiting: [] }, 'turns');
  if (decision?.do === 'handOver') {
    return handOver(begun, { because: decision.because, farewell: [] }, now);
  }
  const newest = contents.at(-1);
  if (!newest) return state;
  const turn: Turn = {
    id: newest.id,
    contents: state.waiting,
    startedAt: now,
    hasSpoken: false,
    remember: undefined,
  };
  return { ...begun, turn };
}

/** What the bot is asked. */
export function questionOf(state: ThreadState, turn: Turn): BotTurn {
  return {
    id: turn.id,
    burst: turn.contents.map(({ content }) => ({
      id: content.id,
      body: content.body,
      hasAttachment: content.hasAttachment,
      ...(content.payload !== undefined && { payload: content.payload }),
      ...(content.language !== undefined && { language: content.language }),
    })),
    record: state.record,
    memory: state.memory,
    sourceName: state.settings.name,
    episode: state.episode,
    ...(state.queue?.place && { queue: state.queue.place }),
  };
}

export function afterBot(
  state: ThreadState,
  outcome: BotAnswer | Failure,
  now: number,
): ThreadState {
  const { turn } = state;
  if (!turn) return state;
  return isFailure(outcome)
    ? botFailed(state, turn, outcome.failed, now)
    : botAnswered(state, turn, outcome, now);
}

function botAnswered(state: ThreadState, turn: Turn, answer: BotAnswer, now: number): ThreadState {
  const decision = decide({ at: 'botAnswered', answer }, state.settings);
  const answered: ThreadState = {
    ...learn(state, answer.learnt, now),
    failedTurns: 0,
    turn: { ...turn, remember: answer.remember },
  };
  const texts = answer.replies.map(({ body }) => body);
  if (decision?.do === 'handOver') {
    const fields = answer.handOver?.fields;
    const wanted = { because: decision.because, farewell: texts, ...(fields && { fields }) };
    return handOver(keepMemory(answered), wanted, now);
  }
  const about = aboutNewest(turn);
  const replies = texts.map((body, i) => say(state, about, body, `reply-${i}`, 'bot'));
  const { epoch } = state;
  const solve: Owed = { do: 'solve', key: `${epoch}/solve/${turn.id}`, epoch };
  // Once it is solved, nothing of the conversation is owed any more.
  const told = oweProfile(owe(answered, ...replies));
  return answer.isSolved ? owe(told, solve) : told;
}

function botFailed(state: ThreadState, turn: Turn, failed: string, now: number): ThreadState {
  const failedTurns = state.failedTurns + 1;
  const noted = note({ ...state, failedTurns }, now, 'the bot gave no answer', failed);
  if (failed === emergencyFailure) return emergency(noted, now);
  const decision = decide({ at: 'botFailed', failedTurns }, state.settings);
  if (decision?.do === 'handOver') {
    return handOver(noted, { because: decision.because, farewell: [] }, now);
  }
  if (decision?.do !== 'apologise') return raiseAttention(noted, now, 'botUnavailable');
  const sorry = state.settings.texts.botFailed;
  return owe(noted, say(noted, aboutNewest(turn), sorry, 'sorry', 'bot'));
}

/** The bot's voice was cut: humans have the thread, and the customer is told nothing by us. */
export function emergency(state: ThreadState, now: number): ThreadState {
  return handOver(state, { because: 'emergency', farewell: [] }, now);
}

/** The turn is over when the bot has answered and nothing of it is owed. */
export function finishTurn(state: ThreadState): ThreadState {
  const { turn } = state;
  if (!turn || state.work?.do === 'askBot' || state.owed.some((owed) => isOf(owed, turn)))
    return state;
  return { ...keepMemory(state), turn: undefined, superseded: 0 };
}

function keepMemory(state: ThreadState): ThreadState {
  return { ...state, memory: state.turn?.remember ?? state.memory };
}

function aboutNewest(turn: Turn): About {
  const newest = turn.contents.at(-1)?.content;
  return { contentId: turn.id, isPrivate: newest?.isPrivate ?? true };
}
