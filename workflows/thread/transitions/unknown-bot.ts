/**
 * No worker that was asked knows the turn's bot: workers of another configuration run, as during a rollout.
 * The turn waits for one that does, as a thread of an unknown source does: it is asked again at growing
 * pauses, without an end and without a failed turn. After some minutes a person is told.
 */
import type { Failure } from '../../contract/work.js';
import { unknownBotFailure } from '../../contract/work.js';
import { withConversation } from '../state/conversation.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import type { Turn } from '../state/turn.js';
import { botOf } from './bot-routing.js';

/** Milliseconds before the bot is asked again: the first pause, and the longest. */
const pauses = { first: 1_000, longest: 30_000 } as const;

/** Milliseconds from the customer's first content of the turn, after which a person is told. */
const attentionAfter = 5 * 60_000;

export function isUnknownBot({ failed }: Failure): boolean {
  return failed === unknownBotFailure;
}

/** The question or tool call has reached a worker that does not know the bot: it is repeated later. */
export function waitForWorker(state: ThreadState, turn: Turn, now: number): ThreadState {
  const tries = turn.unknownBot?.tries ?? 0;
  const nextAttemptAt = now + Math.min(pauses.first * 2 ** tries, pauses.longest);
  const waits = { ...turn, unknownBot: { tries: tries + 1, nextAttemptAt } };
  const next = withConversation(state, { turn: waits });
  const bot = botOf(state).name;
  const noted = tries === 0 ? note(next, now, { code: 'botUnknown', bot }) : next;
  const since = turn.contents[0]?.at ?? turn.startedAt;
  const isKnown = noted.report.attention.some(({ code }) => code === 'botUnknown');
  return now - since < attentionAfter || isKnown ? noted : raiseAttention(noted, now, 'botUnknown');
}

/** The time at which a question that no worker could put to the bot is repeated. */
export function askAgainAt({ conversation: { turn }, ownership }: ThreadState): number | undefined {
  const at = turn?.unknownBot?.nextAttemptAt;
  return at === undefined ? undefined : Math.max(at, ownership.pausedUntil ?? 0);
}

/** The turn as it is asked again: with the bot's whole budget. */
export function askedAgain(turn: Turn, now: number): Turn {
  const { tries = 0 } = turn.unknownBot ?? {};
  return { ...turn, unknownBot: { tries }, budgetFrom: now };
}
