/**
 * The queue of customers who wait for an agent on a source, from Temporal's searches. Results lag behind a
 * little, which is one reason why the position is an estimate.
 */
import type { Client } from '@temporalio/client';
import { searchAttributes, threadWorkflow } from '../workflows/contract/index.js';
import { quote } from './thread-search.js';

export type WaitingLine = {
  /** `since`: Unix milliseconds. */
  look(input: { readonly sourceName: string; readonly since: number }): Promise<{
    /** Number of customers who have waited longer. */
    readonly ahead: number;
    /** Waiting times of the customers last taken, in milliseconds. */
    readonly waits: readonly number[];
  }>;
};

const deadline = 10_000;
/** Number of recent threads whose waiting times are sampled. */
const sample = 20;

export function createWaitingLine(client: Client): WaitingLine {
  const { phase, source, waitingSince, waited } = searchAttributes;
  return {
    look: ({ sourceName, since }) =>
      client.withDeadline(Date.now() + deadline, async () => {
        const threads = `WorkflowType = ${quote(threadWorkflow)} AND ${source.name} = ${quote(sourceName)}`;
        const waiting = `${phase.name} = 'handover' AND ExecutionStatus = 'Running'`;
        const longer = `${waitingSince.name} < ${quote(new Date(since).toISOString())}`;
        const { count } = await client.workflow.count(`${threads} AND ${waiting} AND ${longer}`);
        const waits: number[] = [];
        const query = `${threads} AND ${waited.name} IS NOT NULL`;
        for await (const found of client.workflow.list({ query, pageSize: sample })) {
          const seconds = found.typedSearchAttributes.get(waited);
          if (seconds !== undefined) waits.push(seconds * 1_000);
          if (waits.length >= sample) break;
        }
        return { ahead: count, waits };
      }),
  };
}
