/**
 * The processes of production without containers: the files of the image, started by the commands and
 * with the variables of docker-compose.yml, against a real Temporal and the simulator; one of each, and
 * two of each while one of each is replaced.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDoors } from '../../simulator/door-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { taskQueues } from '../../workflows/contract.js';
import type { Background } from '../support/background.js';
import { Conversation } from '../support/conversation.js';
import { startRoundRobin, type RoundRobin } from '../../cluster/balancer.js';
import { freePort } from '../../scripts/setup/free-ports.js';
import { startTemporalAt } from '../support/temporal.js';
import { secrets } from '../support/world.js';
import { Image } from './image.js';
import { eventually } from '../support/eventually.js';

let image: Image;
let temporal: TestWorkflowEnvironment;
let simulator: Simulator;
let balancer: RoundRobin;
let apiPorts: readonly number[];
beforeAll(async () => {
  image = await Image.built();
  // As a new cluster is: it knows nothing of Baton.
  temporal = await startTemporalAt(await freePort(), newMatcher);
  apiPorts = [await freePort(), await freePort()];
  balancer = await startRoundRobin(apiPorts.map((port) => `http://127.0.0.1:${port}`));
  simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: {
      url: `${balancer.url}/webhooks/engage`,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
    timeScale: 100,
  });
}, 180_000);
afterAll(async () => {
  await simulator.stop();
  await balancer.close();
  await image.remove();
  await temporal.teardown();
});

const newMatcher = ['--dynamic-config-value', 'matching.useNewMatcher=true'];

/** What both roles are told in place of the names that only exist among containers. */
function here(): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: temporal.address,
    ENGAGE_URL: simulator.url,
    BATON_API_HOST: '127.0.0.1',
  };
}

function startApi(port: number): Background {
  const { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN } = secrets;
  const own = { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN, BATON_API_PORT: `${port}` };
  return image.start('api', { ...here(), ...own });
}

async function startWorker(): Promise<Background & { readonly port: number }> {
  const port = await freePort();
  const own = { ENGAGE_TOKEN: secrets.ENGAGE_TOKEN, BATON_WORKER_HEALTH_PORT: `${port}` };
  return { ...image.start('worker', { ...here(), ...own }), port };
}

async function untilHealthy(role: string, port: number, process: Background): Promise<void> {
  await eventually(async () => (await image.isHealthy(role, port)) || process.said()).toBe(true);
}

function customer(): Conversation {
  return new Conversation({ temporal, doors: openDoors(simulator.url) });
}

/** The processes that run threads, or did lately. */
async function takers(): Promise<readonly string[]> {
  const { pollers } = await temporal.connection.workflowService.describeTaskQueue({
    namespace: 'default',
    taskQueue: { name: taskQueues.threads },
  });
  return pollers.map(({ identity }) => identity?.split('@')[0] ?? '');
}

describe('on a new cluster', () => {
  it('a worker refuses to run until the search attributes are registered', async () => {
    const early = await startWorker();
    expect(await early.ended).toBe(1);
    expect(early.said()).toMatch(/search attributes Baton\w+, .* are not registered: npm run reg/);
    for (const said of ['registered BatonPhase, BatonSource,', 'all are known']) {
      const register = image.start('register', here());
      expect(await register.ended, register.said()).toBe(0);
      expect(register.said()).toContain(said);
    }
  });

  it('the registration names what is wrong with its settings', async () => {
    const env = { BATON_TEMPORAL_PORT: 'x', TEMPORAL_ADDRESS: 'http://temporal' };
    const register = image.run(['npm', 'run', 'register'], env);
    expect(await register.ended).toBe(1);
    for (const name of Object.keys(env)) expect(register.said()).toContain(`  ${name}: `);
  });
});

describe('one of each', () => {
  it('become healthy, answer a customer, and end with 0 when asked to', async () => {
    const before = await image.files();
    const api = startApi(apiPorts[0]!);
    const worker = await startWorker();
    await untilHealthy('api', apiPorts[0]!, api);
    await untilHealthy('worker', worker.port, worker);

    const ana = customer();
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toHaveLength(1);

    expect(await api.end(), api.said()).toBe(0);
    expect(await worker.end(), worker.said()).toBe(0);
    expect(`${api.said()}${worker.said()}`).not.toMatch(/"level":"(warn|error)"/);
    // The container's disk is read-only.
    expect(await image.files()).toEqual(before);
  });
});

describe('two of each', () => {
  it('share the work, and go on when one of each is ended', async () => {
    const apis = apiPorts.map(startApi);
    const workers = [await startWorker(), await startWorker()];
    for (const [at, api] of apis.entries()) await untilHealthy('api', apiPorts[at]!, api);
    for (const worker of workers) await untilHealthy('worker', worker.port, worker);
    const pids = workers.map(({ pid }) => `${pid ?? 'none'}`);
    await eventually(takers).toEqual(expect.arrayContaining(pids));
    const before = [...balancer.answered];
    const customers = Array.from({ length: 6 }, customer);
    await Promise.all(customers.map((one) => one.says('hello')));
    await Promise.all(customers.map((one) => one.untilBotSaid(1)));
    for (const [at, count] of balancer.answered.entries()) {
      expect(count).toBeGreaterThan(before[at]!);
    }

    const second = Promise.all(customers.map((one) => one.says('where is my parcel?')));
    expect(await Promise.all([apis[0]!.end(), workers[0]!.end()])).toEqual([0, 0]);
    await second;
    await Promise.all(customers.map((one) => one.untilBotSaid(2)));
    await Promise.all(customers.map((one) => one.untilQuiet()));
    for (const one of customers) expect(await one.botSaid()).toHaveLength(2);
    expect(await Promise.all([apis[1]!.end(), workers[1]!.end()])).toEqual([0, 0]);
  });
});
