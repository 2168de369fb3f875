/** What came of a run, counted from the platform's ground truth and from what Temporal keeps. Pure. */
import { categories } from '../../simulator/seed.js';
import type { Content, State } from '../../simulator/state.js';
import type { ThreadCard } from '../../workflows/contract/index.js';
import { acknowledgedIn, isLost, type Acknowledged, type Told as Heard } from './acknowledged.js';
import type { Turn } from './customers.js';

export type Told = {
  readonly account: Pick<State, 'attempts' | 'contents' | 'threads'>;
  readonly turns: readonly Turn[];
  /** Threads whose customer has asked for a human. */
  readonly handedOver: readonly string[];
  /** By thread. */
  readonly heard: ReadonlyMap<string, Heard>;
  /** By thread, when it was still; a thread that never was has none. */
  readonly cards: ReadonlyMap<string, Pick<ThreadCard, 'phase' | 'counts'>>;
  /** What the bot says when it hands over. */
  readonly farewell: string;
};

export type Counts = {
  readonly turns: number;
  readonly acknowledged: number;
  readonly lost: number;
  readonly lostEvents: readonly Acknowledged[];
  readonly unanswered: number;
  readonly twice: number;
  readonly halfOpen: number;
  /** Replies of which a worker did not know whether they were posted, and looked. */
  readonly ambiguous: number;
};

/** The numbers alone, as a cell has them. */
export function numbersOf(counts: Counts): Omit<Counts, 'lostEvents'> {
  const { turns, acknowledged, lost, unanswered, twice, halfOpen, ambiguous } = counts;
  return { turns, acknowledged, lost, unanswered, twice, halfOpen, ambiguous };
}

export function count(told: Told): Counts {
  const { account, turns, handedOver } = told;
  const acknowledged = acknowledgedIn(account.attempts);
  const lostEvents = acknowledged.filter((event) => isLost(event, told.heard.get(event.thread)));
  const replies = Object.values(account.contents).filter(({ by }) => by.startsWith('bot:'));
  const repliesTo = (contentId: string) =>
    replies.filter(({ in_reply_to_id: to }) => to === contentId).length;
  return {
    turns: turns.length,
    acknowledged: acknowledged.length,
    lost: lostEvents.length,
    lostEvents,
    unanswered: turns.filter((turn) => repliesTo(turn.contentId) < turn.replies).length,
    twice: repeated(replies),
    halfOpen: handedOver.filter((thread) => !isWhole(thread, told, replies)).length,
    ambiguous: [...told.cards.values()].reduce(
      (sum, card) => sum + card.counts.ambiguousReplies,
      0,
    ),
  };
}

/** Replies beyond the first of the same words to the same content. */
export function repeated(replies: readonly Content[]): number {
  const different = new Set(replies.map(({ in_reply_to_id: to, body }) => `${to}\n${body}`));
  return replies.length - different.size;
}

/** The humans have it, the bot has not, the thread knows, and the customer was told once. */
function isWhole(threadId: string, told: Told, replies: readonly Content[]): boolean {
  const { account, cards, farewell } = told;
  const held = account.threads[threadId]?.thread_category_ids ?? [];
  const isWithHumans = held.includes(categories.agent) && !held.includes(categories.bot);
  const phase = cards.get(threadId)?.phase;
  const farewells = replies.filter(
    ({ thread_id: thread, body }) => thread === threadId && body === farewell,
  );
  return isWithHumans && (phase === 'handover' || phase === 'agent') && farewells.length === 1;
}
