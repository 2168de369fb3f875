/**
 * Counts and paces calls to the platform: never more than allowed, and slowly enough to leave the
 * account's rate limit to the customers' threads.
 */
import { Context } from '@temporalio/activity';
import { EngageError } from '../../engage/errors.js';
import type { Trouble } from '../../workflows/contract/reconcile.js';

export class Budget {
  readonly #allowed: number;
  readonly #pace: number;
  #spent = 0;

  constructor(allowed: number, pace: number) {
    this.#allowed = allowed;
    this.#pace = pace;
  }

  get spent(): number {
    return this.#spent;
  }

  get isLeft(): boolean {
    return this.#spent < this.#allowed;
  }

  /** Makes one call. It is counted before it is made, because a failed call counts too. */
  async spend<T>(call: () => Promise<T>): Promise<T> {
    if (this.#spent > 0 && this.#pace > 0) await Context.current().sleep(this.#pace);
    this.#spent += 1;
    Context.current().heartbeat();
    return call();
  }
}

const aMoment = 5_000;
const restOfTheMinute = 30_000;

/** Maps a failed call to its meaning for the run. Errors other than the platform's are rethrown. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof EngageError)) throw error;
  const wait = error.code === 'RateLimited' ? restOfTheMinute : aMoment;
  return { code: error.name, retryAfter: error.retryAfter ?? wait };
}
