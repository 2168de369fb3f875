/**
 * One lazy timer: started when a deadline is nearer than all running timers, and never cancelled. A
 * deadline that moves away costs nothing: when the timer fires too early, the thread finds nothing due
 * and starts the next one.
 */
import { isCancellation, sleep } from '@temporalio/workflow';
import type { Deadline } from '../planning/deadlines.js';

export class DeadlineTimer {
  readonly #running = new Set<number>();
  #hasFired = false;

  /** Returns true once after a timer has fired. */
  consumeFired(): boolean {
    const fired = this.#hasFired;
    this.#hasFired = false;
    return fired;
  }

  get hasFired(): boolean {
    return this.#hasFired;
  }

  /** Ensures that a timer fires at this deadline or earlier. */
  fireAt({ at, name }: Deadline): void {
    if ([...this.#running].some((other) => other <= at)) return;
    this.#running.add(at);
    sleep(Math.max(at - Date.now(), 1), { summary: name }).then(
      () => this.#fire(at),
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
  }

  #fire(at: number): void {
    this.#running.delete(at);
    this.#hasFired = true;
  }
}
