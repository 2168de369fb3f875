/** What Temporal's histories say of threads: which events they have been told, over all runs. */
import { WorkflowNotFoundError, type WorkflowClient } from '@temporalio/client';
import { domainId } from '../simulator/seed.js';
import { engageEvents, threadWorkflowId, type EngageEvent } from '../workflows/contract.js';

/** Ids of the events that any run of this thread has in its history. */
export async function eventsTold(
  workflows: WorkflowClient,
  thread: string,
): Promise<ReadonlySet<string>> {
  const told = new Set<string>();
  let run: string | undefined;
  do {
    const handle = workflows.getHandle(threadWorkflowId(domainId, thread), run);
    // A thread that was never begun has been told nothing.
    const { events } = await handle.fetchHistory().catch(unlessNotFound);
    for (const event of events ?? []) {
      const signal = event.workflowExecutionSignaledEventAttributes;
      if (signal?.signalName !== engageEvents.name) continue;
      const [payload] = signal.input?.payloads ?? [];
      const facts = JSON.parse(Buffer.from(payload?.data ?? []).toString()) as EngageEvent[];
      for (const { id } of facts) told.add(id);
    }
    const started = events?.[0]?.workflowExecutionStartedEventAttributes;
    run = started?.continuedExecutionRunId ?? undefined;
  } while (run);
  return told;
}

function unlessNotFound(error: unknown): { readonly events?: undefined } {
  if (error instanceof WorkflowNotFoundError) return {};
  throw error;
}
