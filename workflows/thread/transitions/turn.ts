/**
 * A turn: one burst of customer contents and everything until Baton has sent its last reply to it. The
 * question to the bot is built in `bot-request.ts`, its answer applied in `bot-answer.ts`.
 *
 * Contents wait until the customer pauses. A newer content restarts a turn that has not sent a reply,
 * so that one answer covers all of them; after the first reply, newer contents wait for the next turn.
 */
import type { ContentEvent } from '../../contract/engage-event.js';
import { handOver } from './handover.js';
import { mayHaveLeft } from '../state/outbox-operations.js';
import { isThought } from './phase.js';
import { decide } from '../../policies/index.js';
import { count, note, raiseAttention, type ThreadState } from '../state/state.js';
import type { Turn, WaitingContent } from '../state/turn.js';
import { aboutContent, type OutboxItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';
import { belongTogether, firstOfOne, isOfTurn, turnTo } from './customers.js';
import { countTurn, seemsMachine, uncountTurn } from './turn-guard.js';
import {
  answered,
  bounded,
  isForBot,
  markHandedOver,
  waitingContent,
  withoutHandedOver,
} from './unanswered.js';

/** Most restarts of a turn in a row; the limit ensures that a customer who never pauses gets an answer. */
const supersedeLimit = 5;

/** Withdraws a turn that has not sent a reply: its contents wait again, its replies and request are dropped. */
export function withdrawTurn(state: ThreadState): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn || hasSpoken(state, turn)) return state;
  return withHuman(
    withOutbox(
      withConversation(uncountTurn(state), {
        turn: undefined,
        waiting: bounded([...turn.contents, ...state.conversation.waiting]),
      }),
      {
        items: state.outbox.items.filter((item) => !isOf(item, turn)),
        inFlight: isThought(state.outbox.inFlight) ? undefined : state.outbox.inFlight,
      },
    ),
    { request: undefined },
  );
}

export function waitForQuiet(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const waiting = waitingContent(event, now);
  const { turn } = state.conversation;
  const isOthers = turn?.contents.every((one) => !belongTogether(one.content, event.content));
  const maySupersede = state.conversation.superseded < supersedeLimit && !isOthers;
  if (!turn || hasSpoken(state, turn) || !maySupersede) {
    return withConversation(state, {
      waitUntil: undefined,
      waiting: bounded([...state.conversation.waiting, waiting]),
    });
  }
  const withdrawn = withdrawTurn(state);
  const restarted: ThreadState = withConversation(withdrawn, {
    superseded: state.conversation.superseded + 1,
    waiting: bounded([...withdrawn.conversation.waiting, waiting]),
  });
  return note(restarted, now, { code: 'turnRestarted' });
}

/**
 * True if the turn can no longer be withdrawn: it has sent a reply, or called a tool, whose effects
 * remain.
 */
function hasSpoken(state: ThreadState, turn: Turn): boolean {
  return (
    turn.hasSpoken ||
    hasCalled(turn) ||
    state.outbox.items.some((item) => isOf(item, turn) && mayHaveLeft(state, item))
  );
}

/** A first call that no worker could make has had no effect. */
function hasCalled({ called, unknownBot }: Turn): boolean {
  return called !== undefined && (called.length > 0 || unknownBot?.nextAttemptAt === undefined);
}

function isOf(item: OutboxItem, turn: Turn): boolean {
  return item.key.endsWith(`/${turn.id}`);
}

/** Time at which the waiting contents become a turn. */
export function quietAt(state: ThreadState): number | undefined {
  const {
    conversation: { waiting, waitUntil },
    settings,
    ownership: { pausedUntil },
  } = state;
  if (waiting.length === 0) return undefined;
  if (waitUntil !== undefined) return Math.max(waitUntil, pausedUntil ?? 0);
  const times = waiting.map(({ at }) => at);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const quiet = Math.min(last + settings.burst.quiet, first + settings.burst.cap);
  return Math.max(quiet, pausedUntil ?? 0);
}

/** The bot has asked for more input: the turn's contents wait again, at most until `until`. */
export function waitForMore(state: ThreadState, turn: Turn, until: number): ThreadState {
  const waiting = bounded([...turn.contents, ...state.conversation.waiting]);
  const waits = state.conversation.waits + 1;
  // If the customer has written meanwhile, the input is there: the usual pause applies.
  const hasNews = state.conversation.waiting.length > 0;
  return withConversation(state, {
    turn: undefined,
    waiting,
    waits,
    waitUntil: hasNews ? undefined : until,
  });
}

/**
 * Contents of the next turn: of one customer who waits, and what earlier turns have left unanswered of theirs. A customer
 * whose turns fail does not hold up the others.
 */
function burstOf({ conversation }: ThreadState): readonly WaitingContent[] {
  const { waiting, unanswered } = conversation;
  const theirs = firstOfOne(waiting);
  const [first] = theirs;
  if (!first) return [];
  const left = unanswered.filter(
    (one) => isForBot(one) && belongTogether(one.content, first.content),
  );
  return bounded([...left, ...theirs]);
}

/**
 * Begins a turn after the customer's pause: policies first, then the bot. A turn is one customer's, of one
 * privacy; the contents of others wait for the next one.
 */
export function beginTurn(state: ThreadState, now: number): ThreadState {
  const burst = burstOf(state);
  const newest = burst.at(-1);
  if (!newest) return state;
  // Asked anew after an outage: no new turn of the customer.
  const isAnew = state.conversation.askedAnew !== undefined;
  if (!isAnew && seemsMachine(state, now)) {
    const silent = withConversation(state, { waiting: [], waitUntil: undefined });
    return raiseAttention(silent, now, 'machineSuspected');
  }
  const ids = new Set(burst.map(({ content }) => content.id));
  const others = state.conversation.waiting.filter(({ content }) => !ids.has(content.id));
  const counted = withConversation(countTurn(state, now), {
    waiting: others,
    waitUntil: undefined,
  });
  const begun = count({ ...begunFor(counted, newest), trace: newest.trace }, 'turns');
  // Policies do not see contents that have requested a human before, so that they do not request one again.
  const contents = burst.filter(isForBot).map(({ content }) => content);
  const decision = decide({ at: 'turnBegins', contents }, state.settings);
  if (decision?.do === 'handOver') {
    const wanted = { because: decision.because, farewell: [] };
    return handOver(markHandedOver(begun, burst), wanted, now);
  }
  const turn: Turn = {
    id: newest.content.id,
    contents: burst,
    startedAt: now,
    hasSpoken: false,
    remember: undefined,
  };
  return withConversation(begun, { turn });
}

/** Baton's own texts of the turn answer its newest content, and the bot knows this customer. */
function begunFor(state: ThreadState, { content }: WaitingContent): ThreadState {
  const subject = withConversation(state, { lastCustomerContent: aboutContent(content) });
  return turnTo(subject, content.authorId);
}

/** Ends the turn once the bot has answered and the outbox has no more items of the turn. */
export function finishTurn(state: ThreadState): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn || isBeingThoughtOf(state, turn) || state.outbox.items.some((item) => isOf(item, turn)))
    return state;
  // The bot has answered later contents: an older request for a human no longer waits for an answer.
  const ended = turn.hasFailed
    ? state
    : withoutHandedOver(answered(state, turn.contents), (content) => isOfTurn(turn, content));
  return withConversation(keepMemory(ended), {
    ...{ turn: undefined, lastTurn: turn.contents },
    ...{ superseded: 0, waits: 0, askedAnew: undefined },
  });
}

function isBeingThoughtOf({ outbox: { inFlight: work } }: ThreadState, turn: Turn): boolean {
  if (turn.later || turn.calls !== undefined || turn.unknownBot?.nextAttemptAt !== undefined)
    return true;
  return work?.do === 'askBot' || work?.do === 'callTool';
}

export function keepMemory(state: ThreadState): ThreadState {
  return withConversation(state, {
    memory: state.conversation.turn?.remember ?? state.conversation.memory,
  });
}
