/**
 * A company's own bot behind HTTP, through the whole of Baton: its worker dies while it thinks, and a
 * human has been there in between.
 */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { BotTurn } from '../../bots/bot.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { Conversation } from '../harness/conversation.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
let target: HttpTarget;
let running: WorkerProcess | undefined;
const answers = json(200, { replies: [{ body: 'Tomorrow.' }] });

beforeAll(async () => {
  world = await startWorld({ withoutWorker: true });
  target = await startHttpTarget();
});
afterAll(async () => {
  await running?.kill();
  await target.close();
  await world.stop();
});
beforeEach(() => {
  target.asked.length = 0;
  target.answer = answers;
});

async function startWorker(): Promise<WorkerProcess> {
  running = await startWorkerProcess(world, 'worker/main.ts', {
    BATON_CONFIG: 'test/harness/config-with-http-bot.ts',
    HTTP_BOT_URL: `${target.url}/bot`,
    HTTP_BOT_SECRET: 'the secret both know',
  });
  return running;
}
const turns = () => target.asked.map(({ body }) => JSON.parse(body) as BotTurn);

it('the worker is killed while it thinks: asked under the same key, answered once', async () => {
  const first = running ?? (await startWorker());
  target.answer = () => undefined;
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  await eventually(() => target.asked.length).toBeGreaterThan(0);
  await first.kill();
  const before = target.asked.length;
  target.answer = answers;
  await startWorker();
  await eventually(() => target.asked.length).toBeGreaterThan(before);
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  expect(await ana.botSaid()).toEqual(['Tomorrow.']);
  const keys = target.asked.map(({ headers }) => headers['idempotency-key']);
  expect(new Set(keys).size).toBe(1);
});

it('after a human it knows what the human said last', async () => {
  if (!running) await startWorker();
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await ana.agent('reply', { body: 'I have sent it again.' });
  await ana.untilPhase('agent');
  await ana.agent('close');
  await ana.untilPhase('closed');
  await ana.says('and when does it come?');
  await ana.untilBotSaid(2);
  const said = turns()
    .at(-1)
    ?.humansSaid.map(({ body }) => body);
  expect(said).toEqual(['I have sent it again.']);
});
