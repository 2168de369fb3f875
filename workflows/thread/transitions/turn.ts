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
import { traceOf } from '../../contract/trace-context.js';
import { count, note, type ThreadState } from '../state/state.js';
import type { Turn, WaitingContent } from '../state/turn.js';
import type { About, OutboxItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';

/** How often a turn may be restarted, so that a customer who never pauses still gets an answer. */
const supersedeLimit = 5;

/** Waiting contents are carried from run to run, and Temporal's limit for a payload is 2 MB. */
const contentLimit = 20_000;
const waitingLimit = { contents: 100, characters: 50_000 } as const;

/** Sorts by time and keeps the newest contents within the limits. */
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

/** Withdraws a turn that has not sent a reply: its contents wait again. */
export function withdrawTurn(state: ThreadState): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn || hasSpoken(state, turn)) return state;
  return withHuman(
    withOutbox(
      withConversation(state, {
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
  const { content, issuedAt } = event;
  const body = content.body.slice(0, contentLimit);
  const received = { at: now, issuedAt, ...traceOf(event) };
  const waiting: WaitingContent = { content: { ...content, body }, ...received };
  const {
    conversation: { turn },
  } = state;
  if (!turn || hasSpoken(state, turn) || state.conversation.superseded >= supersedeLimit) {
    return withConversation(state, {
      waitUntil: undefined,
      waiting: bounded([...state.conversation.waiting, waiting]),
    });
  }
  const withdrawn = withdrawTurn(state);
  const begunAnew: ThreadState = withConversation(withdrawn, {
    superseded: state.conversation.superseded + 1,
    waiting: bounded([...withdrawn.conversation.waiting, waiting]),
  });
  return note(begunAnew, now, { code: 'turnRestarted' });
}

/**
 * True if the turn can no longer be withdrawn: it has sent a reply, or called a tool, whose effects
 * remain.
 */
function hasSpoken(state: ThreadState, turn: Turn): boolean {
  return (
    turn.hasSpoken ||
    turn.called !== undefined ||
    state.outbox.items.some((item) => isOf(item, turn) && mayHaveLeft(state, item))
  );
}

function isOf(item: OutboxItem, turn: Turn): boolean {
  return item.key.endsWith(`/${turn.id}`);
}

/** When the waiting contents become a turn. */
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

/** The bot wants more input first: the turn's contents wait again, at most until `until`. */
export function waitForMore(state: ThreadState, turn: Turn, until: number): ThreadState {
  const waiting = bounded([...turn.contents, ...state.conversation.waiting]);
  const waits = state.conversation.waits + 1;
  // A customer who has written meanwhile does not wait.
  const hasNews = state.conversation.waiting.length > 0;
  return withConversation(state, {
    turn: undefined,
    waiting,
    waits,
    waitUntil: hasNews ? undefined : until,
  });
}

/** Begins a turn after the customer's pause: policies first, then the bot. */
export function beginTurn(state: ThreadState, now: number): ThreadState {
  const contents = state.conversation.waiting.map(({ content }) => content);
  const decision = decide({ at: 'turnBegins', contents }, state.settings);
  const trace = state.conversation.waiting.at(-1)?.trace;
  const begun = count(
    { ...withConversation(state, { waiting: [], waitUntil: undefined }), trace },
    'turns',
  );
  if (decision?.do === 'handOver') {
    return handOver(begun, { because: decision.because, farewell: [] }, now);
  }
  const newest = contents.at(-1);
  if (!newest) return state;
  const turn: Turn = {
    id: newest.id,
    contents: state.conversation.waiting,
    startedAt: now,
    hasSpoken: false,
    remember: undefined,
  };
  return withConversation(begun, { turn });
}

/** Ends the turn when the bot has answered and the outbox has no item of it. */
export function finishTurn(state: ThreadState): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn || isBeingThoughtOf(state, turn) || state.outbox.items.some((item) => isOf(item, turn)))
    return state;
  return withConversation(keepMemory(state), { turn: undefined, superseded: 0, waits: 0 });
}

function isBeingThoughtOf({ outbox: { inFlight: work } }: ThreadState, turn: Turn): boolean {
  if (turn.later || turn.calls !== undefined) return true;
  return work?.do === 'askBot' || work?.do === 'callTool';
}

export function keepMemory(state: ThreadState): ThreadState {
  return withConversation(state, {
    memory: state.conversation.turn?.remember ?? state.conversation.memory,
  });
}

export function aboutNewest(turn: Turn): About {
  const newest = turn.contents.at(-1)?.content;
  return { contentId: turn.id, isPrivate: newest?.isPrivate ?? true };
}
