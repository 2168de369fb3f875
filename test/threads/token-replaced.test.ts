/**
 * The token of the bot's user is replaced on the platform: the worker counts refusals, for which the alert
 * BatonAccountRefused rings. A worker with the new token answers everybody who wrote meanwhile, once.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../local/free-ports.js';
import { parseText } from '../../runtime/metrics/text.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World } from '../harness/world.js';

const newToken = 'token-that-replaces-it';
let world: World;
const workers: WorkerProcess[] = [];

beforeAll(async () => {
  world = await startWorld({ withoutWorker: true });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await world.stop();
});

/** A worker, and the number of its calls that the platform has refused with 401. */
async function startCounted(changed: Readonly<Record<string, string>> = {}) {
  const port = await freePort();
  const env = { BATON_WORKER_HEALTH_PORT: `${port}`, ...changed };
  const worker = await startWorkerProcess(world, 'worker/main.ts', env);
  workers.push(worker);
  const refused = async () => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const samples = parseText(text).filter(({ name }) => name === 'baton_engage_requests_total');
    return samples.find(({ labels }) => labels['outcome'] === '401')?.value;
  };
  return { worker, refused };
}

it('refusals are counted, and customers are answered once by a worker with the new token', async () => {
  const old = await startCounted();
  const [ana, ben] = [new Conversation(world), new Conversation(world)];
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  expect(await old.refused()).toBe(0);

  await world.control.token(newToken, 401);
  await Promise.all([ana.says('where is my parcel?'), ben.says('hello, where is my parcel?')]);
  await eventually(old.refused).toBeGreaterThan(1);
  expect([await ana.botSaid(), await ben.botSaid()]).toEqual([['Welcome!'], []]);

  await old.worker.end();
  const fresh = await startCounted({ ENGAGE_TOKEN: newToken });
  for (const one of [ana, ben]) {
    await one.untilBotSaid(2);
    await one.untilQuiet();
    expect(await one.botSaid()).toEqual(['Welcome!', 'It arrives tomorrow.']);
    expect((await one.card()).attention).toEqual([]);
  }
  expect(await fresh.refused()).toBe(0);
});
