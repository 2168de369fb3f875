/**
 * The outcome of a run: counts what was lost, left unanswered, said twice or handed over only in part, from the
 * platform's account, from Temporal's histories and from the cards of threads. Pure.
 */
import { categories } from '../../../simulator/seed.js';
import type { Content, State } from '../../../simulator/state.js';
import type { ThreadCard } from '../../../workflows/contract/index.js';
import { acknowledgedIn, isLost, type Acknowledged, type Received } from './acknowledged.js';

/** One content of a customer, and the replies that it must have. */
export type ExpectedTurn = {
  readonly threadId: string;
  readonly contentId: string;
  readonly replies: number;
  /** Only replies with this body count. */
  readonly body?: string;
};

export type Expected = {
  readonly turns: readonly ExpectedTurn[];
  /** Threads whose customer has asked for a human. */
  readonly handedOver: readonly string[];
  /** Threads that the bot must still have. */
  readonly withBot?: readonly string[];
  /** What the bot says when it hands over. */
  readonly farewell: string;
  /** Phases of a thread that humans have. */
  readonly humanPhases?: readonly ThreadCard['phase'][];
};

export type Evidence = {
  readonly account: Pick<State, 'attempts' | 'contents' | 'threads'>;
  /** By thread. */
  readonly received: ReadonlyMap<string, Received>;
  /** By thread; a thread that never came to rest has none. */
  readonly cards: ReadonlyMap<string, Pick<ThreadCard, 'phase' | 'counts'>>;
};

export type Counts = {
  readonly turns: number;
  /** Events in deliveries that were answered 200. */
  readonly acknowledged: number;
  /** Acknowledged events that are in no history of their thread. */
  readonly lost: readonly Acknowledged[];
  /** Turns that lack replies. */
  readonly unanswered: number;
  /** Replies beyond the first with the same body to the same content. */
  readonly twice: number;
  /** Threads whose phase, categories and farewell do not agree. */
  readonly halfOpen: number;
  /** Replies after which a worker had to look whether they had been posted. */
  readonly ambiguous: number;
};

export function count(expected: Expected, { account, received, cards }: Evidence): Counts {
  const acknowledged = acknowledgedIn(account.attempts);
  const replies = Object.values(account.contents).filter(({ by }) => by.startsWith('bot:'));
  const { turns, handedOver, withBot = [] } = expected;
  const known = { account, cards, replies };
  const halfOpen = [
    ...handedOver.filter((thread) => !isHandedOver(thread, expected, known)),
    ...withBot.filter((thread) => !isWithBot(thread, known)),
  ];
  const ambiguous = [...cards.values()].map(({ counts }) => counts.ambiguousReplies);
  return {
    turns: turns.length,
    acknowledged: acknowledged.length,
    lost: acknowledged.filter((event) => isLost(event, received.get(event.thread))),
    unanswered: turns.filter((turn) => repliesTo(turn, replies) < turn.replies).length,
    twice: repeated(replies),
    halfOpen: halfOpen.length,
    ambiguous: ambiguous.reduce((sum, one) => sum + one, 0),
  };
}

function repliesTo({ contentId, body }: ExpectedTurn, replies: readonly Content[]): number {
  const isMeant = (reply: Content) => body === undefined || reply.body === body;
  return replies.filter((one) => one.in_reply_to_id === contentId && isMeant(one)).length;
}

/** Replies beyond the first with the same body to the same content. */
export function repeated(replies: readonly Content[]): number {
  const different = new Set(replies.map(({ in_reply_to_id: to, body }) => `${to}\n${body}`));
  return replies.length - different.size;
}

type Known = Pick<Evidence, 'account' | 'cards'> & { readonly replies: readonly Content[] };

/** Categories, phase and farewell agree: humans have the thread, and the customer was told once. */
function isHandedOver(
  threadId: string,
  { farewell, humanPhases = ['handover', 'agent'] }: Expected,
  { account, cards, replies }: Known,
): boolean {
  const phase = cards.get(threadId)?.phase;
  const farewells = replies.filter((one) => one.thread_id === threadId && one.body === farewell);
  return (
    isOnlyIn(account, threadId, categories.agent) &&
    humanPhases.some((one) => one === phase) &&
    farewells.length === 1
  );
}

function isWithBot(threadId: string, { account, cards }: Known): boolean {
  return isOnlyIn(account, threadId, categories.bot) && cards.get(threadId)?.phase === 'bot';
}

function isOnlyIn({ threads }: Known['account'], threadId: string, category: string): boolean {
  const held = threads[threadId]?.thread_category_ids ?? [];
  return held.length === 1 && held[0] === category;
}
