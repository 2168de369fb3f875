/** The ports of the reconciler: the platform's lists, and access to threads. */
import type { Lists } from '../../engage/lists.js';
import type { EngageEvent } from '../../workflows/contract/engage-event.js';

export type BackfilledThread = { readonly fresh: number; readonly contents: number };

/** The part of a thread's state that decides whether to check its intervention. */
export type ThreadPeek = { readonly phase: string; readonly isSettling: boolean };

export type ThreadsToBackfill = {
  /**
   * Hands events to a thread. Starts one if none runs and the events include a content. Repeatable:
   * the same events under the same `key` count once.
   * @throws if the thread cannot be reached in time
   */
  backfill(facts: {
    readonly domainId: string;
    readonly threadId: string;
    readonly sourceId: string | undefined;
    readonly events: readonly EngageEvent[];
    readonly key: string;
  }): Promise<BackfilledThread>;
  /** `undefined` if no such thread runs. */
  peek(domainId: string, threadId: string): Promise<ThreadPeek | undefined>;
  /** The account's id, taken from existing threads. */
  findDomainId(): Promise<string | undefined>;
};

export type ReconcilePorts = {
  readonly engage: Lists;
  readonly threadsToBackfill: ThreadsToBackfill;
};
