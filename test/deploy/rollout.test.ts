/** Workers with a version: they get no work until `npm run rollout` says so, and then they do. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { runCommand, type Ran } from '../harness/run-command.js';
import { startWorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World } from '../harness/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ withoutWorker: true });
});
afterAll(() => world.stop());

const version = { BATON_DEPLOYMENT_NAME: 'baton', BATON_BUILD_ID: '0.2.0' };

function rollout(args: readonly string[], changed: Record<string, string> = {}): Promise<Ran> {
  const { address, namespace = 'default' } = world.temporal;
  const where = { TEMPORAL_ADDRESS: address, TEMPORAL_NAMESPACE: namespace };
  const env = { ...process.env, ...where, ...version, ...changed };
  const command = ['--import', 'tsx', 'cli/rollout/main.ts', ...args];
  return runCommand(process.execPath, command, { env });
}

it.concurrent.each([
  [['--percent', '10'], {}, 'npm run rollout [-- BUILD_ID'],
  [['a', 'b'], {}, 'npm run rollout [-- BUILD_ID'],
  [['0.2.0', '--percent', '101'], {}, 'npm run rollout [-- BUILD_ID'],
  [[], { BATON_DEPLOYMENT_NAME: '' }, 'BATON_DEPLOYMENT_NAME: is not set'],
])('%j with %j is refused', async (args, changed, why) => {
  const { status, stderr } = await rollout(args, changed);
  expect([status, stderr]).toEqual([1, expect.stringContaining(why)]);
});

it.concurrent('a versioned worker begins to work when its version is made current', async () => {
  expect((await rollout([])).stdout).toBe('baton: no worker of this name has come yet\n');
  const worker = await startWorkerProcess(world, 'worker/main.ts', version);
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilDelivered();
  const ramped = await rollout(['0.2.0', '--percent', '0']);
  expect(ramped.stdout).toContain('baton: no version takes the work\n');
  expect(await ana.botSaid()).toEqual([]);

  const { status, stdout, stderr } = await rollout(['0.2.0']);
  expect([status, stdout], stderr).toEqual([0, 'baton: 0.2.0 takes the work\n  known: 0.2.0\n']);
  await ana.untilBotSaid(1);
  await worker.kill();
});
