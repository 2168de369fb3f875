/**
 * A worker process of the simulation: its activities, and whether it lives. What runs inside a worker is in
 * its asynchronous context; once the worker is dead, nothing that it still does reaches anybody.
 */
import { AsyncLocalStorage } from 'node:async_hooks';

export type ActivityFunctions = Readonly<Record<string, (input: never) => Promise<unknown>>>;

export class SimulatedWorker {
  isDead = false;
  readonly name: string;
  readonly activities: ActivityFunctions;
  /** Cut off: alive, but reaches nobody. */
  constructor(name: string, activities: ActivityFunctions) {
    this.name = name;
    this.activities = activities;
  }

  kill(): void {
    this.isDead = true;
  }
}

export const present = new AsyncLocalStorage<SimulatedWorker>();

/** A promise that never settles: what a dead process waits for. */
export function never(): Promise<never> {
  return new Promise(() => undefined);
}

/** True in what a dead worker still does. */
export function isDead(): boolean {
  return present.getStore()?.isDead === true;
}
