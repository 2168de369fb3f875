/**
 * All deadlines of a thread, read off its state: there is nothing to cancel or to forget. One timer
 * waits for the nearest (`clock.ts`).
 */
import { lingerUntil, settleAt, silenceAt } from './closing.js';
import { dropStale } from './outbox.js';
import type { ThreadState } from './state.js';
import { quietAt } from './turn.js';

export type DeadlineName = 'quiet' | 'owed' | 'settle' | 'silence' | 'linger';
export type Deadline = { readonly name: DeadlineName; readonly at: number };

/** Nearest first. */
export function deadlines(state: ThreadState): readonly Deadline[] {
  const owed = dropStale(state).owed;
  // What is owed comes first: a deadline that cannot be kept yet would ring without end.
  const waitsForQuiet = state.phase === 'bot' && !state.turn && !state.work && owed.length === 0;
  const all: readonly [DeadlineName, number | undefined][] = [
    ['quiet', waitsForQuiet ? quietAt(state) : undefined],
    ['owed', state.work ? undefined : owed[0]?.notBefore],
    ['settle', settleAt(state)],
    ['silence', silenceAt(state)],
    ['linger', lingerUntil(state)],
  ];
  return all
    .flatMap(([name, at]) => (at === undefined ? [] : [{ name, at }]))
    .sort((a, b) => a.at - b.at);
}
