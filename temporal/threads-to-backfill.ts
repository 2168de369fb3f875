/**
 * The reconciler's access to threads: delivers events and returns how many were new.
 *
 * It uses an update, because unlike the ingress it needs an answer. A thread that knows all of the events
 * rejects the update, which leaves no trace in its history.
 */
import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
} from '@temporalio/client';
import {
  describeQuery,
  effectOf,
  backfill,
  nothingNew,
  threadWorkflow,
  threadWorkflowId,
  type EngageEvent,
  type Backfilled,
} from '../workflows/contract/index.js';
import type { IdentityMarks } from './identity-mark.js';
import { createStartOptions } from './start-thread.js';

export type FactsOfThread = {
  readonly domainId: string;
  readonly threadId: string;
  readonly sourceId: string | undefined;
  readonly events: readonly EngageEvent[];
  /** Idempotency key: the same events under the same key count once. */
  readonly key: string;
};

export type ThreadsToBackfill = {
  /** @throws when the thread does not answer in time */
  backfill(facts: FactsOfThread): Promise<Backfilled>;
  /** `undefined` when no such thread runs. */
  peek(
    domainId: string,
    threadId: string,
  ): Promise<{ readonly phase: string; readonly isSettling: boolean } | undefined>;
  /** The account's domain id, taken from the newest thread. */
  findDomainId(): Promise<string | undefined>;
};

const deadline = 10_000;
const nothing: Backfilled = { fresh: 0, contents: 0 };

export function connectThreadsToBackfill(client: Client, marks: IdentityMarks): ThreadsToBackfill {
  const inTime = <T>(call: () => Promise<T>) => client.withDeadline(Date.now() + deadline, call);
  return {
    backfill: (facts) => inTime(() => update(client, facts, marks)).catch(asNothing),
    peek: (domainId, threadId) =>
      inTime(async () => {
        const thread = client.workflow.getHandle(threadWorkflowId(domainId, threadId));
        try {
          const { phase, deadlines } = await thread.query(describeQuery);
          return { phase, isSettling: deadlines.some(({ name }) => name === 'agent-settle') };
        } catch (error) {
          if (error instanceof WorkflowNotFoundError) return undefined;
          throw error;
        }
      }),
    findDomainId: () => inTime(() => findDomainId(client)),
  };
}

async function update(
  { workflow }: Client,
  facts: FactsOfThread,
  marks: IdentityMarks,
): Promise<Backfilled> {
  const { domainId, threadId, sourceId, events, key: updateId } = facts;
  const asked = { args: [events] as [readonly EngageEvent[]], updateId };
  const starts = events.some(({ type }) => effectOf(type) === 'starts');
  if (!starts || sourceId === undefined) {
    return workflow.getHandle(threadWorkflowId(domainId, threadId)).executeUpdate(backfill, asked);
  }
  const startWorkflowOperation = new WithStartWorkflowOperation(threadWorkflow, {
    ...createStartOptions({ domainId, threadId, sourceId }, await marks.attributesOf(events)),
    workflowIdConflictPolicy: 'USE_EXISTING',
  });
  return workflow.executeUpdateWithStart(backfill, { ...asked, startWorkflowOperation });
}

/** No thread is running, or it knows the events already. */
function asNothing(error: unknown): Backfilled {
  if (error instanceof WorkflowNotFoundError) return nothing;
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  if (cause && 'type' in cause && cause.type === nothingNew) return nothing;
  throw error;
}

async function findDomainId({ workflow }: Client): Promise<string | undefined> {
  const [prefix] = threadWorkflowId('', '').split(':');
  const query = `WorkflowType = "${threadWorkflow}"`;
  for await (const { workflowId } of workflow.list({ query, pageSize: 1 })) {
    const [start, domainId] = workflowId.split(':');
    if (start === prefix && domainId) return domainId;
  }
  return undefined;
}
