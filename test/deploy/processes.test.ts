/**
 * The processes of production without containers: the files of the image, started by the commands and
 * with the variables of docker-compose.yml, against a real Temporal and the simulator; one of each, and
 * a second of each that stays when the first is ended.
 */
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectControl } from '../../simulator/control-client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { taskQueues } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { startHttpWire, type HttpWire } from '../harness/wires/http-wire.js';
import { freePort, freePorts } from '../../local/free-ports.js';
import { startTemporalAt } from '../harness/temporal.js';
import { webhookAt } from '../harness/platform.js';
import { secrets } from '../harness/world.js';
import type { Program } from '../harness/program.js';
import { Image } from './image.js';
import { eventually } from '../harness/eventually.js';

let image: Image;
let temporal: TestWorkflowEnvironment;
let balancer: HttpWire;
let engagePort: number;
let apiPorts: readonly number[];
beforeAll(async () => {
  const [temporalPort = 0, simulatorPort = 0, ...ports] = await freePorts(4);
  apiPorts = ports;
  engagePort = simulatorPort;
  [image, temporal] = await Promise.all([
    Image.built(),
    // As a new cluster is: it knows nothing of Baton.
    startTemporalAt(temporalPort, newMatcher),
  ]);
  balancer = await startHttpWire(apiPorts.map((port) => `127.0.0.1:${port}`));
});
afterAll(async () => {
  await balancer.close();
  await image.remove();
  await temporal.teardown();
});

const complaint = /"level":"(warn|error)"/;
const newMatcher = ['--dynamic-config-value', 'matching.useNewMatcher=true'];

const engageUrl = () => `http://127.0.0.1:${engagePort}`;

/** It asks the webhook's address for a minute: the ingress should be there by then. */
function startPlatform(): Promise<Simulator> {
  return startSimulator({
    port: engagePort,
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: webhookAt(`http://${balancer.address}/webhooks/engage`),
    timeScale: 100,
  });
}

/** What both roles are told in place of the names that only exist among containers. */
function here(): Record<string, string> {
  return {
    TEMPORAL_ADDRESS: temporal.address,
    ENGAGE_URL: engageUrl(),
    BATON_API_HOST: '127.0.0.1',
  };
}

function startApi(port: number): Program {
  const { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN } = secrets;
  const own = { BATON_WEBHOOK_SECRET, BATON_WEBHOOK_VERIFY_TOKEN, BATON_API_PORT: `${port}` };
  return image.start('api', { ...here(), ...own });
}

async function startWorker(): Promise<{ readonly worker: Program; readonly port: number }> {
  const port = await freePort();
  const own = { ENGAGE_TOKEN: secrets.ENGAGE_TOKEN, BATON_WORKER_HEALTH_PORT: `${port}` };
  return { worker: image.start('worker', { ...here(), ...own }), port };
}

/** By its own health check, which is a process: asked when it answers at all. */
async function untilHealthy(role: string, port: number, process: Program): Promise<void> {
  const path = role === 'api' ? 'readyz' : 'healthz';
  const isOk = () =>
    fetch(`http://127.0.0.1:${port}/${path}`).then(
      ({ ok }) => ok,
      () => false,
    );
  await eventually(async () => (await isOk()) || process.said()).toBe(true);
  await eventually(async () => (await image.isHealthy(role, port)) || process.said()).toBe(true);
}

function customer(): Conversation {
  return new Conversation({ temporal, control: connectControl(engageUrl()) });
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
    const { worker: early } = await startWorker();
    expect(await early.ended).toBe(1);
    expect(early.said()).toMatch(/search attributes Baton\w+, .* are not registered: npm run reg/);
    for (const said of ['registered BatonPhase, BatonSource,', 'all are registered']) {
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

describe('one of each, and then two', () => {
  const apis: Program[] = [];
  const workers: Program[] = [];
  let before: readonly string[];
  let platform: Simulator | undefined;
  afterAll(() => platform?.stop());

  async function oneMoreApi(): Promise<void> {
    const port = apiPorts[apis.length]!;
    const api = startApi(port);
    apis.push(api);
    await untilHealthy('api', port, api);
  }
  async function oneMoreWorker(): Promise<void> {
    const { worker, port } = await startWorker();
    workers.push(worker);
    await untilHealthy('worker', port, worker);
  }

  it('one of each become healthy, and answer a customer', async () => {
    before = await image.files();
    await oneMoreApi();
    platform = await startPlatform();
    await oneMoreWorker();
    const ana = customer();
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toHaveLength(1);
    expect(`${apis[0]!.said()}${workers[0]!.said()}`).not.toMatch(complaint);
  });

  it('two of each share the work, and go on when one of each is ended', async () => {
    await Promise.all([oneMoreApi(), oneMoreWorker()]);
    const pids = workers.map(({ pid }) => `${pid ?? 'none'}`);
    await eventually(takers).toEqual(expect.arrayContaining(pids));
    const answered = [...balancer.answered];
    const customers = Array.from({ length: 6 }, customer);
    await Promise.all(customers.map((one) => one.says('hello')));
    await Promise.all(customers.map((one) => one.untilBotSaid(1)));
    for (const [at, count] of balancer.answered.entries()) {
      expect(count).toBeGreaterThan(answered[at]!);
    }

    const second = Promise.all(customers.map((one) => one.says('where is my parcel?')));
    expect(await Promise.all([apis[0]!.end(), workers[0]!.end()])).toEqual([0, 0]);
    await second;
    await Promise.all(customers.map((one) => one.untilBotSaid(2)));
    await Promise.all(customers.map((one) => one.untilQuiet()));
    for (const one of customers) expect(await one.botSaid()).toHaveLength(2);
  });

  it('who has nothing to do ends with 0 when asked to, without a complaint', async () => {
    const others = [apis[1]!, workers[1]!];
    const already = others.map((one) => one.said().length);
    for (const one of others) expect(await one.end(), one.said()).toBe(0);
    const more = others.map((one, at) => one.said().slice(already[at]));
    expect(more.join('')).not.toMatch(complaint);
    // The container's disk is read-only.
    expect(await image.files()).toEqual(before);
  });
});
