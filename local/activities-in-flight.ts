/** Counts the activities running in this process, whose end does not depend on simulated time. */
import type { WorkerActivities } from '../worker/workers.js';

export class ActivitiesInFlight {
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The same activities, with a count of those running. */
  counted({ threads, engage, emergency }: WorkerActivities): WorkerActivities {
    return {
      threads: this.#each(threads),
      engage: this.#each(engage),
      emergency: this.#each(emergency),
    };
  }

  #each<T extends object>(activities: T): T {
    const counted = Object.entries(activities).map(([name, activity]) => [
      name,
      (...args: unknown[]) => this.#run(activity as Activity, args),
    ]);
    return Object.fromEntries(counted) as T;
  }

  async #run(activity: Activity, args: unknown[]): Promise<unknown> {
    this.#count += 1;
    try {
      return await activity(...args);
    } finally {
      this.#count -= 1;
    }
  }
}

type Activity = (...args: unknown[]) => unknown;
