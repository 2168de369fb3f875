/**
 * Runs the calls of an activity that writes to the platform in one reservation of the account's budget.
 *
 * What a write is based on is read when the write's turn has come, so that nobody changes it while the
 * write waits in line; only one round trip lies between reading and writing. An attempt that waits too long
 * makes no call (`NoTurn`, which is retried), and `mustBeWanted` stops one that was given up meanwhile.
 */
import type { EngageClient } from '../engage/client.js';
import { attemptBegins, type Attempt } from './given-up.js';

/** @param calls most calls that `run` makes; the unused ones are returned to the budget */
export async function inOneTurn<T>(
  engage: Pick<EngageClient, 'inOneTurn'>,
  calls: number,
  run: (attempt: Attempt) => Promise<T>,
  attempt = attemptBegins(),
): Promise<T> {
  return engage.inOneTurn({ calls, within: attempt.mayWait() }, () => run(attempt));
}
