/** What Temporal's histories say of threads: which events they have been told, over all runs. */
import { isGrpcServiceError, WorkflowNotFoundError, type WorkflowClient } from '@temporalio/client';
import { domainId } from '../simulator/seed.js';
import { engageEvents, threadWorkflowId, type EngageEvent } from '../workflows/contract.js';

export type Told = {
  /** In which second its first run began; undefined when it never did. */
  readonly began: number | undefined;
  /** Ids of the events that any of its runs has in its history. */
  readonly events: ReadonlySet<string>;
};

export async function toldTo(workflows: WorkflowClient, thread: string): Promise<Told> {
  const told = new Set<string>();
  let began: number | undefined;
  let run: string | undefined;
  do {
    const handle = workflows.getHandle(threadWorkflowId(domainId, thread), run);
    const { events } = await handle.fetchHistory().catch(unlessNotFound);
    for (const event of events ?? []) {
      const signal = event.workflowExecutionSignaledEventAttributes;
      if (signal?.signalName !== engageEvents.name) continue;
      const [payload] = signal.input?.payloads ?? [];
      const facts = JSON.parse(Buffer.from(payload?.data ?? []).toString()) as EngageEvent[];
      for (const { id } of facts) told.add(id);
    }
    const [first] = events ?? [];
    if (first?.eventTime) began = Number(first.eventTime.seconds) * 1_000;
    run = first?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
  } while (run);
  return { began, events: told };
}

const notFound = 5;

function unlessNotFound(error: unknown): { readonly events?: undefined } {
  const isUnknown = isGrpcServiceError(error) && (error.code as number) === notFound;
  if (isUnknown || error instanceof WorkflowNotFoundError) return {};
  throw error;
}
