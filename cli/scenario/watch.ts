/** Observes the threads of a scenario through Temporal, as an operator could. */
import {
  WorkflowNotFoundError,
  type WorkflowClient,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
import { domainId } from '../../simulator/seed.js';
import {
  describeQuery,
  phaseQuery,
  threadWorkflowId,
  type ThreadCard,
} from '../../workflows/contract/index.js';
import type { ActivitiesInFlight } from '../../local/activities-in-flight.js';

export type Look = {
  readonly cards: readonly ThreadCard[];
  /** A process of ours is working: no time has to pass for it to finish. */
  readonly isAtWork: boolean;
  /** Two snapshots with the same mark are equal. */
  readonly mark: string;
};

/** Timeout of a thread's answer, in real milliseconds. */
const timeout = 30_000;

export class Watch {
  readonly #workflows: WorkflowClient;
  readonly #inFlight: Pick<ActivitiesInFlight, 'count'>;
  readonly #threads = new Set<string>();
  /** By thread: a card is queried again only when the thread's history has grown. */
  readonly #cards = new Map<string, { readonly progress: string; readonly card: ThreadCard }>();

  constructor(workflows: WorkflowClient, inFlight: Pick<ActivitiesInFlight, 'count'>) {
    this.#workflows = workflows;
    this.#inFlight = inFlight;
  }

  add(threadId: string): void {
    this.#threads.add(threadId);
  }

  workflow(threadId: string): WorkflowHandle {
    return this.#workflows.getHandle(threadWorkflowId(domainId, threadId));
  }

  /** `undefined`: no workflow accompanies this thread. */
  async phase(threadId: string): Promise<string | undefined> {
    return this.#ask(() => this.workflow(threadId).query(phaseQuery));
  }

  async card(threadId: string): Promise<ThreadCard | undefined> {
    return this.#ask(() => this.workflow(threadId).query(describeQuery));
  }

  async look(): Promise<Look> {
    const seen = await Promise.all([...this.#threads].map((id) => this.#lookAt(id)));
    return {
      cards: seen.flatMap(({ card }) => (card ? [card] : [])),
      isAtWork: seen.some(({ isAtWork }) => isAtWork),
      mark: seen.map(({ mark }) => mark).join(' '),
    };
  }

  async #lookAt(id: string) {
    const described = await this.#ask(() => this.workflow(id).describe());
    if (described?.status.name !== 'RUNNING') {
      return { card: undefined, isAtWork: false, mark: described?.runId ?? '-' };
    }
    const progress = `${described.runId}/${described.historyLength}`;
    const card = await this.#cardAt(id, progress);
    const mark = `${progress}/${card?.doing ?? ''}`;
    return { card, isAtWork: !card || this.#isAtWork(card, described), mark };
  }

  /**
   * The server does not report reliably whether a failed activity is running again or waiting for a retry:
   * it is running if an activity is running in this process.
   */
  #isAtWork({ doing }: ThreadCard, { raw }: WorkflowExecutionDescription): boolean {
    if (doing === undefined) return false;
    const pending = raw.pendingActivities ?? [];
    // A bot in our own process is a local activity, which the server does not know.
    if (pending.length === 0 || this.#inFlight.count > 0) return true;
    return pending.some(({ attempt }) => (attempt ?? 1) <= 1);
  }

  async #cardAt(id: string, progress: string): Promise<ThreadCard | undefined> {
    const known = this.#cards.get(id);
    if (known?.progress === progress) return known.card;
    const card = await this.card(id).catch(() => undefined);
    if (card) this.#cards.set(id, { progress, card });
    return card;
  }

  async #ask<T>(question: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.#workflows.withDeadline(Date.now() + timeout, question);
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return undefined;
      throw error;
    }
  }

  /** Terminates all workflows of this scenario, before the next one on this server. */
  async end(): Promise<void> {
    for (const id of this.#threads) {
      await this.#ask(() => this.workflow(id).terminate('the scenario is over'));
    }
  }
}
