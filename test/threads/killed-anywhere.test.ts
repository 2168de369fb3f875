/**
 * A worker killed with SIGKILL while four threads wait for four different things: the bot's answer, the
 * look before a reply, an intervention, the categories of a handover. Another worker goes on with each
 * of them, and each customer is told once.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
/** The bot on `messages`. */
let bot: HttpTarget;
const running: WorkerProcess[] = [];
beforeAll(async () => {
  world = await startWorld({ withoutWorker: true });
  bot = await startHttpTarget();
});
afterAll(async () => {
  for (const worker of running) await worker.kill();
  await bot.close();
  await world.stop();
});

async function startWorker(): Promise<WorkerProcess> {
  const changed = {
    BATON_CONFIG: 'test/harness/slow-config-for-processes.ts',
    HTTP_BOT_URL: `${bot.url}/bot`,
    HTTP_BOT_SECRET: 'the secret both know',
  };
  const worker = await startWorkerProcess(world, 'worker/main.ts', changed);
  running.push(worker);
  return worker;
}

async function greeted(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  return ana;
}

const isDoing = (ana: Conversation, what: string) =>
  ana.until(async () => (await ana.card()).doing === what);

async function untilAllSaid(ana: Conversation): Promise<readonly string[]> {
  await ana.untilBotSaid(2);
  await ana.untilQuiet();
  return ana.botSaid();
}

it('each of them goes on where it was', async () => {
  const first = await startWorker();
  const [looking, leaving] = await Promise.all([greeted(), greeted()]);
  const [opening, asking] = [new Conversation(world), new Conversation(world, 'messages')];
  const on = [
    `GET /content_threads/${looking.thread}`,
    `PUT /content_threads/${leaving.thread}/update_categories`,
    'POST /interventions',
  ];
  await world.control.faults({ hang: { on } });
  bot.answer = () => undefined;
  await looking.says('where is my parcel?');
  await leaving.says('a human please');
  await opening.says('where is my parcel?');
  await isDoing(leaving, 'recategorise');
  await isDoing(opening, 'openIntervention');
  await asking.says('where is my parcel?');
  await eventually(() => bot.asked.length).toBeGreaterThan(0);
  await isDoing(asking, 'askBot');
  await isDoing(looking, 'postReply');
  await first.kill();
  await world.control.faults({});
  const answered = ['Welcome!', 'It arrives tomorrow.'];
  bot.answer = json(200, { replies: answered.map((body) => ({ body })) });
  await startWorker();

  expect(await untilAllSaid(looking)).toEqual(answered);
  expect(await untilAllSaid(opening)).toEqual(answered);
  expect(await untilAllSaid(leaving)).toEqual(['Welcome!', 'A colleague takes over.']);
  expect(await leaving.phase()).toBe('handover');
  expect(await leaving.categories()).toEqual(['agent']);
  expect(await untilAllSaid(asking)).toEqual(answered);
});
