/**
 * Calls to the platform, counted and paced: not one more than allowed, and never so quick that they
 * take the account's minute from the customers.
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

  /** One call. Counted before it is made: one that fails was made too. */
  async spend<T>(call: () => Promise<T>): Promise<T> {
    if (this.#spent > 0 && this.#pace > 0) await Context.current().sleep(this.#pace);
    this.#spent += 1;
    Context.current().heartbeat();
    return call();
  }
}

const aMoment = 5_000;
const restOfTheMinute = 30_000;

/** What a failed call means for the run. Errors that are not the platform's are ours, and thrown. */
export function troubleOf(error: unknown): Trouble {
  if (!(error instanceof EngageError)) throw error;
  const wait = error.code === 'RateLimited' ? restOfTheMinute : aMoment;
  return { code: error.name, retryAfter: error.retryAfter ?? wait };
}
