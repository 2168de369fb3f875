/** What reconciling is made from: the platform's lists, and a way to threads. */
import type { Lists } from '../../engage/lists.js';
import type { EngageEvent } from '../../workflows/contract/engage-event.js';

export type BackfilledThread = { readonly fresh: number; readonly contents: number };

/** What a thread says of itself, as far as it decides whether to look closer. */
export type ThreadPeek = { readonly phase: string; readonly isSettling: boolean };

export type ThreadsToBackfill = {
  /**
   * Hands facts over to a thread; one is started when somebody has spoken and none runs. Repeatable:
   * the same facts under the same `key` count once.
   * @throws when the thread cannot be reached in time
   */
  backfill(facts: {
    readonly domainId: string;
    readonly threadId: string;
    readonly sourceId: string | undefined;
    readonly events: readonly EngageEvent[];
    readonly key: string;
  }): Promise<BackfilledThread>;
  /** `undefined` when no such thread runs. */
  peek(domainId: string, threadId: string): Promise<ThreadPeek | undefined>;
  /** The account's id, by the threads there are. */
  findDomainId(): Promise<string | undefined>;
};

export type ReconcilePorts = {
  readonly engage: Lists;
  readonly threadsToBackfill: ThreadsToBackfill;
};
