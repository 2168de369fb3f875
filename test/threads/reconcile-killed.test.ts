/** A worker killed with SIGKILL in the middle of a sweep: the run notices, and nothing stays behind. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../support/conversation.js';
import { Reconciling } from '../support/reconciling.js';
import { startWorkerProcess } from '../support/worker-process.js';
import { startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ withoutWorker: true });
});
afterAll(() => world.stop());

const startWorker = () =>
  startWorkerProcess(world, 'worker/main.ts', {
    BATON_CONFIG: 'test/support/config-for-reconciling.ts',
    BATON_WEBHOOK_URL: world.webhookUrl,
  });

async function contentsRead(): Promise<boolean> {
  const { requests } = await world.doors.record();
  return requests.some(({ method, path }) => method === 'GET' && path === '/1.0/contents');
}

it('is continued by the next worker, and everybody is answered once', async () => {
  const reconciling = new Reconciling(world);
  const first = await startWorker();
  const people = Array.from({ length: 5 }, () => new Conversation(world));
  await world.doors.faults({ drop: 1 });
  for (const one of people) await one.says('where is my parcel?');
  await world.doors.faults({});
  const run = await reconciling.begin();
  await eventually(contentsRead).toBe(true);
  await first.kill();

  const second = await startWorker();
  const report = await reconciling.result(run);
  expect(report).toMatchObject({ isComplete: true, healed: { threads: 5, contents: 5 } });
  expect(report.calls).toBeLessThanOrEqual(60);
  for (const one of people) {
    await one.untilBotSaid(2);
    await one.untilQuiet();
    expect(await one.botSaid()).toEqual(['Welcome!', 'It arrives tomorrow.']);
  }
  await second.kill();
});
