/** A worker killed with SIGKILL in the middle of a scan: the run notices, and nothing stays behind. */
import type { WorkflowHandle } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { config } from '../harness/config-for-reconciling.js';
import { Conversation } from '../harness/conversation.js';
import { Reconciling } from '../harness/reconciling.js';
import { startWorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ config, withoutWorker: true });
});
afterAll(() => world.stop());

/** What workers have begun for it and not ended. */
async function underWay(run: WorkflowHandle): Promise<readonly (string | null | undefined)[]> {
  const { pendingActivities } = (await run.describe()).raw;
  const begun = pendingActivities?.filter(({ lastStartedTime }) => lastStartedTime) ?? [];
  return begun.map(({ activityType }) => activityType?.name);
}

it('is continued by the next worker, and everybody is answered once', async () => {
  const reconciling = new Reconciling(world);
  const first = await startWorkerProcess(world, 'worker/main.ts', {
    BATON_CONFIG: 'test/harness/config-for-reconciling.ts',
    BATON_WEBHOOK_URL: world.webhookUrl,
  });
  const people = Array.from({ length: 5 }, () => new Conversation(world));
  await world.control.faults({ drop: 1 });
  for (const one of people) await one.says('where is my parcel?');
  // No scan comes further than to the contents: none ends before the worker is killed.
  await world.control.faults({ hang: { on: 'GET /contents' } });
  const run = await reconciling.begin();
  await eventually(() => underWay(reconciling.workflow(run))).toEqual(['scan']);
  await first.kill();
  await world.control.faults({});

  await world.startWorkers();
  const report = await reconciling.result(run);
  expect(report).toMatchObject({ isComplete: true, backfilled: { threads: 5, contents: 5 } });
  expect(report.calls).toBeLessThanOrEqual(60);
  for (const one of people) {
    await one.untilBotSaid(2);
    await one.untilQuiet();
    expect(await one.botSaid()).toEqual(['Welcome!', 'It arrives tomorrow.']);
  }
});
