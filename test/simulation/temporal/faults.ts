/** What goes wrong in Temporal and with its workers, and how long things take. Milliseconds. */
import type { Random } from '../host/random.js';

export type TemporalFaults = {
  /** A worker dies with the task in its hands; the task times out. */
  readonly lostTask: number;
  /** An activity's result is lost on its way to the server. */
  readonly lostResult: number;
  /** A timer rings this much late at most. */
  readonly lateTimer: number;
  /** The answer to a client's call is lost, after it was accepted. */
  readonly lostAnswer: number;
  /** A client's call is refused as unavailable. */
  readonly refusedCall: number;
  /** A run leaves a worker's cache before its next task. */
  readonly eviction: number;
  /** Events of a history from which on the server suggests to continue as new. 0: never. */
  readonly suggestAfter: number;
};

export const noFaults: TemporalFaults = {
  ...{ lostTask: 0, lostResult: 0, lateTimer: 0, lostAnswer: 0, refusedCall: 0, eviction: 0 },
  suggestAfter: 0,
};

export type Conditions = { readonly random: Random; faults: TemporalFaults };

export const times = {
  /** From an event to the start of a task for it. */
  dispatch: (random: Random) => random.skewed(1, 20),
  /** From the end of a task to its record. */
  commit: (random: Random) => random.skewed(1, 10),
  /** Of a client's call, each way. */
  call: (random: Random) => random.skewed(1, 10),
  /** Until a search finds a change. */
  visibility: (random: Random) => random.skewed(50, 2_000),
  taskTimeout: 10_000,
  /** A task with local activities reports by then that it goes on. */
  heartbeat: 8_000,
  retryOfFailedTask: (failures: number) => Math.min(1_000 * 2 ** (failures - 1), 600_000),
} as const;
