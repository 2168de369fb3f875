/**
 * A turn: one burst of customer contents and all that follows from it until we are quiet. What the bot
 * is asked is `question.ts`, what its answer means `answer.ts`.
 *
 * Contents wait until the customer pauses. While a turn has not spoken, a newer content begins it
 * anew, so that one answer sees all; once it has spoken, newer contents wait for the next turn.
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
        items: state.outbox.items.filter((owed) => !isOf(owed, turn)),
        inFlight: isThought(state.outbox.inFlight) ? undefined : state.outbox.inFlight,
      },
    ),
    { request: undefined },
  );
}

export function waitForQuiet(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { content, issuedAt } = event;
  const body = content.body.slice(0, contentLimit);
  const heard = { at: now, issuedAt, ...traceOf(event) };
  const waiting: WaitingContent = { content: { ...content, body }, ...heard };
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
  return note(begunAnew, now, 'turn begun anew', 'the customer wrote before the bot had spoken');
}

/** What a tool has done is done: a turn that has called one cannot be taken back either. */
function hasSpoken(state: ThreadState, turn: Turn): boolean {
  return (
    turn.hasSpoken ||
    turn.called !== undefined ||
    state.outbox.items.some((owed) => isOf(owed, turn) && mayHaveLeft(state, owed))
  );
}

function isOf(owed: OutboxItem, turn: Turn): boolean {
  return owed.key.endsWith(`/${turn.id}`);
}

/** When the waiting contents become a turn. */
export function quietAt(state: ThreadState): number | undefined {
  const {
    conversation: { waiting, waitUntil: bidesUntil },
    settings,
    ownership: { pausedUntil },
  } = state;
  if (waiting.length === 0) return undefined;
  if (bidesUntil !== undefined) return Math.max(bidesUntil, pausedUntil ?? 0);
  const heard = waiting.map(({ at }) => at);
  const [first, last] = [Math.min(...heard), Math.max(...heard)];
  const quiet = Math.min(last + settings.burst.quiet, first + settings.burst.cap);
  return Math.max(quiet, pausedUntil ?? 0);
}

/** The bot wants to hear more first: what it was asked about waits again, for so long at most. */
export function waitForMore(state: ThreadState, turn: Turn, until: number): ThreadState {
  const waiting = bounded([...turn.contents, ...state.conversation.waiting]);
  const bided = state.conversation.waits + 1;
  // Who has written meanwhile is not kept waiting.
  const hasNews = state.conversation.waiting.length > 0;
  return withConversation(state, {
    turn: undefined,
    waiting,
    waits: bided,
    waitUntil: hasNews ? undefined : until,
  });
}

/** The customer paused: rules first, then the bot. */
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

/** The turn is over when the bot has answered and nothing of it is owed. */
export function finishTurn(state: ThreadState): ThreadState {
  const {
    conversation: { turn },
  } = state;
  if (!turn || isBeingThoughtOf(state, turn) || state.outbox.items.some((owed) => isOf(owed, turn)))
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
