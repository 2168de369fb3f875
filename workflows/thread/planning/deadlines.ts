/**
 * All deadlines of a thread, derived from its state, so that none has to be cancelled. One timer waits
 * for the nearest (`shell/deadline-timer.ts`).
 */
import type { DeadlineName } from '../../contract/deadline-name.js';
import { inclusionAt, lingerUntil, settleAt } from '../transitions/closing.js';
import { confirmAt } from '../transitions/handover-confirmation.js';
import { escalationStepAt, silenceAt } from '../transitions/escalation-timers.js';
import { dropStale } from '../state/outbox-operations.js';
import { queuePollAt } from '../transitions/queue-position.js';
import type { ThreadState } from '../state/state.js';
import { laterUntil } from '../transitions/bot-answer.js';
import { askAgainAt } from '../transitions/unknown-bot.js';
import { quietAt } from '../transitions/turn.js';

export type Deadline = { readonly name: DeadlineName; readonly at: number };

/** Returns the deadlines, nearest first. */
export function deadlines(state: ThreadState): readonly Deadline[] {
  const { inFlight } = state.outbox;
  if (state.inbox.mustRead) return untilRead(state);
  const items = dropStale(state).outbox.items;
  const isFree = !state.conversation.turn && !state.human.request && !inFlight;
  // The outbox comes first: a deadline that cannot be handled yet would fire in a loop.
  const waitsForQuiet = state.ownership.phase === 'bot' && isFree && items.length === 0;
  const all: readonly [DeadlineName, number | undefined][] = [
    ['burst-quiet', waitsForQuiet ? quietAt(state) : undefined],
    ['outbox-retry', inFlight ? undefined : items[0]?.nextAttemptAt],
    ['late-answer', laterUntil(state)],
    ['bot-retry', inFlight || items.length > 0 ? undefined : askAgainAt(state)],
    ['agent-settle', settleAt(state)],
    ['inclusion-expiry', inclusionAt(state)],
    ['handover-confirm', confirmAt(state)],
    ['queue-poll', queuePollAt(state)],
    ['escalation', escalationStepAt(state)],
    ['customer-silence', silenceAt(state)],
    ['retention', lingerUntil(state)],
  ];
  return all
    .flatMap(([name, at]) => (at === undefined ? [] : [{ name, at }]))
    .sort((a, b) => a.at - b.at);
}

/** Nothing is done before the thread is read: another deadline would fire in a loop. */
function untilRead({ inbox: { mustRead }, outbox }: ThreadState): readonly Deadline[] {
  const at = outbox.inFlight ? undefined : mustRead?.nextAttemptAt;
  return at === undefined ? [] : [{ name: 'thread-read', at }];
}
