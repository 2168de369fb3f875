/**
 * Mutants that no test notices although they were looked at, each with the reason. A mutant is named by its file, its
 * change, and a piece of its line, so that the list holds when lines move.
 */
import type { Mutant } from './mutants.js';

type Survivor = {
  readonly file: string;
  readonly change: string;
  /** A piece of the line; absent for every line of the file. */
  readonly at?: string;
  readonly reason: string;
};

const survivors: readonly Survivor[] = [
  {
    file: 'workflows/thread/transitions/closing.ts',
    change: 'a hundredfold',
    at: 'wholeSecond(last.issuedAt) : 0',
    reason: 'without a content of a human or customer there is no reply that could be undelivered',
  },
  {
    file: 'workflows/thread/transitions/emergency-notice.ts',
    change: 'skips [...notified, customerId].slice(…)',
    reason:
      'bounds the state; no test plays more than fifty customers of one thread in an emergency',
  },
  {
    file: 'workflows/thread/state/human.ts',
    change: 'without queue: undefined',
    reason: 'an absent field is undefined, too',
  },
  {
    file: 'workflows/thread/state/turn.ts',
    change: 'without contentId',
    reason: 'a turn has a content: the other case is for the type only',
  },
  {
    file: 'workflows/thread/planning/next-activity.ts',
    change: 'without ...reply',
    at: 'isOverdue',
    reason: 'only `since` is used of it, and the next field gives it wherever the reply has it',
  },
  {
    file: 'workflows/thread/transitions/unanswered.ts',
    change: 'never: open.length === unanswered.length ?',
    reason: 'an equal list in place of the same one: saves a copy',
  },
  {
    file: 'workflows/thread/transitions/messenger-driver.ts',
    change: 'skips controlFailed(…)',
    at: 'another app has control',
    reason: 'Baton asks again, and fails the same way after its limited tries',
  },
];

export function reasonFor({ file, line, change }: Mutant, source: string): string | undefined {
  const text = source.split('\n')[line - 1] ?? '';
  const found = survivors.find(
    (one) => one.file === file && one.change === change && text.includes(one.at ?? ''),
  );
  return found?.reason;
}
