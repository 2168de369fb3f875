/**
 * One lazy timer: it is started when a deadline comes nearer than any timer that runs, and never
 * cancelled. A deadline that moves away costs nothing; when the timer rings too early, the thread
 * finds nothing due and the next one is started.
 */
import { isCancellation, sleep } from '@temporalio/workflow';
import type { Deadline } from '../planning/deadlines.js';

export class Clock {
  readonly #running = new Set<number>();
  #hasFired = false;

  /** True once after a timer has rung. */
  takeRing(): boolean {
    const rang = this.#hasFired;
    this.#hasFired = false;
    return rang;
  }

  get hasFired(): boolean {
    return this.#hasFired;
  }

  /** Ring at this deadline at the latest. */
  ringAt({ at, name }: Deadline): void {
    if ([...this.#running].some((other) => other <= at)) return;
    this.#running.add(at);
    sleep(Math.max(at - Date.now(), 1), { summary: name }).then(
      () => this.#ring(at),
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
  }

  #ring(at: number): void {
    this.#running.delete(at);
    this.#hasFired = true;
  }
}
