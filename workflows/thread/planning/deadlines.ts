/**
 * All deadlines of a thread, read off its state: there is nothing to cancel or to forget. One timer
 * waits for the nearest (`clock.ts`).
 */
import { inclusionAt, lingerUntil, settleAt, silenceAt } from '../transitions/closing.js';
import { confirmAt } from '../transitions/handover-confirmation.js';
import { rungAt } from '../transitions/escalation-timers.js';
import { dropStale } from '../state/outbox-operations.js';
import { placeAt } from '../transitions/queue-position.js';
import type { ThreadState } from '../state/state.js';
import { laterUntil } from '../transitions/bot-answer.js';
import { quietAt } from '../transitions/turn.js';

export type DeadlineName =
  | 'quiet'
  | 'answer'
  | 'owed'
  | 'settle'
  | 'inclusion'
  | 'confirm'
  | 'place'
  | 'rung'
  | 'silence'
  | 'linger';
export type Deadline = { readonly name: DeadlineName; readonly at: number };

/** Nearest first. */
export function deadlines(state: ThreadState): readonly Deadline[] {
  const owed = dropStale(state).outbox.items;
  const isFree = !state.conversation.turn && !state.human.request && !state.outbox.inFlight;
  // What is owed comes first: a deadline that cannot be kept yet would ring without end.
  const waitsForQuiet = state.ownership.phase === 'bot' && isFree && owed.length === 0;
  const all: readonly [DeadlineName, number | undefined][] = [
    ['quiet', waitsForQuiet ? quietAt(state) : undefined],
    ['owed', state.outbox.inFlight ? undefined : owed[0]?.notBefore],
    ['answer', laterUntil(state)],
    ['settle', settleAt(state)],
    ['inclusion', inclusionAt(state)],
    ['confirm', confirmAt(state)],
    ['place', placeAt(state)],
    ['rung', rungAt(state)],
    ['silence', silenceAt(state)],
    ['linger', lingerUntil(state)],
  ];
  return all
    .flatMap(([name, at]) => (at === undefined ? [] : [{ name, at }]))
    .sort((a, b) => a.at - b.at);
}
