/**
 * Records the histories of workflows in every situation whose replay must never break. Run by
 * `npm run record-histories`, which writes files that are not there yet and leaves the others alone:
 * a recorded history is the promise to a conversation that runs.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, describe, it } from 'vitest';
import { alerts } from './alerts.js';
import { anonymous } from './anonymous.js';
import { besideThreads } from './beside-threads.js';
import type { Played } from './situation.js';
import { threads } from './threads.js';

describe.each([...threads, ...besideThreads, ...alerts])('records', ({ name, only, play }) => {
  const path = (run: number) => `test/histories/${name}.${run}.json.gz`;
  const closings: (() => Promise<void>)[] = [];
  afterAll(async () => {
    for (const close of closings) await close();
  });

  it.skipIf(existsSync(path(1)))(name, async () => {
    const { world, workflowId } = await play((close) => void closings.push(close));
    const all = await runsOf(world, workflowId);
    const runs = only === 'newest' ? all.slice(-1) : all;
    for (const [index, runId] of runs.entries()) {
      const handle = world.temporal.client.workflow.getHandle(workflowId, runId);
      const history = historyToJSON(await handle.fetchHistory());
      writeFileSync(path(index + 1), gzipSync(anonymous(history), { level: 9 }));
    }
  });
});

/** The runs of this workflow, oldest first. */
async function runsOf(world: Played['world'], workflowId: string): Promise<readonly string[]> {
  const runs: string[] = [];
  const { client } = world.temporal;
  let runId: string | undefined = (await client.workflow.getHandle(workflowId).describe()).runId;
  while (runId !== undefined && runId !== '') {
    runs.unshift(runId);
    runId = await runBefore(client.workflow.getHandle(workflowId, runId));
  }
  return runs;
}

async function runBefore(run: WorkflowHandle): Promise<string | undefined> {
  const { events } = await run.fetchHistory();
  return events?.[0]?.workflowExecutionStartedEventAttributes?.continuedExecutionRunId ?? undefined;
}
