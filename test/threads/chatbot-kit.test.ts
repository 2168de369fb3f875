/**
 * Three bots in the style of the chatbot kit, run as they are, with a fifth of all deliveries repeated
 * and the worker killed three times: each customer has each answer once. On a bare webhook the same bot
 * repeats itself by the duplicates alone, or this would prove nothing.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { accountWithForms, config } from '../harness/config-with-kit-bots.js';
import { connectControl } from '../../simulator/control-client.js';
import { startSimulator } from '../../simulator/simulator.js';
import { startBareKit } from '../negative-controls/bare-kit.js';
import { Conversation } from '../harness/conversation.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { secrets, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
let worker: WorkerProcess;
const account = accountWithForms();
beforeAll(async () => {
  world = await startWorld({ config, account, withoutWorker: true });
  worker = await startWorker();
});
afterAll(async () => {
  await worker.kill();
  await world.stop();
});

const startWorker = () =>
  startWorkerProcess(world, 'worker/main.ts', {
    BATON_CONFIG: 'test/harness/config-with-kit-bots.ts',
  });

/** What a customer says, and all that is to be answered to it. */
type Exchange = readonly [says: string, ...replies: readonly string[]];

const order = (number: number): Exchange => [
  `where is order ${number}?`,
  `Looking for order ${number}.`,
  `Order ${number} has left Lyon.`,
  `Order ${number} arrives tomorrow.`,
];

const plays: Readonly<Record<string, readonly Exchange[]>> = {
  chat: [
    ['hello', 'Hello! How can I help?'],
    ['when are you open?', 'We are open from 9 to 18 h.'],
    ['that is late', 'You said: that is late'],
    ['and on Sundays?', 'You said: and on Sundays?'],
  ],
  messages: [['good morning', 'Which order do you mean?'], order(42), order(7), order(42)],
  forms: [
    ['good morning', 'I can get you a human.'],
    ['no, wait', 'I can get you a human.'],
    ['one more thing', 'I can get you a human.'],
    ['a human please', 'A colleague will be with you.'],
  ],
};

const duplicates = { duplicate: 0.2, seed: 11 };
let answered = 0;

/** What was said in reply to a content, in order. */
function answersTo(contentId: string): readonly string[] {
  return Object.values(account.contents)
    .filter(({ by, in_reply_to_id: to }) => by.startsWith('bot:') && to === contentId)
    .map(({ body }) => body ?? '');
}

type Exchanged = {
  readonly ana: Conversation;
  readonly contentId: string;
  readonly replies: string[];
};

/** One customer, who waits for the answer before writing again. */
async function play(source: string): Promise<readonly Exchanged[]> {
  const ana = new Conversation(world, source);
  const all: Exchanged[] = [];
  for (const [says, ...replies] of plays[source]!) {
    const contentId = await ana.says(says);
    await eventually(() => answersTo(contentId).length).toBeGreaterThanOrEqual(replies.length);
    answered += 1;
    all.push({ ana, contentId, replies });
  }
  return all;
}

async function killThrice(): Promise<void> {
  for (const after of [8, 18, 28]) {
    await eventually(() => answered).toBeGreaterThanOrEqual(after);
    await worker.kill();
    worker = await startWorker();
  }
}

it('each of 48 messages is answered once', { timeout: 600_000 }, async () => {
  await world.control.faults(duplicates);
  const customers = Object.keys(plays).flatMap((source) => Array(4).fill(source) as string[]);
  const [played] = await Promise.all([Promise.all(customers.map(play)), killThrice()]);
  await world.control.faults({});
  const all = played.flat();
  // The last duplicates come a second late.
  await world.control.advance('2s');
  await eventually(() => account.deliveries).toEqual([]);
  for (const [first] of played) await first!.ana.untilQuiet();

  expect(all).toHaveLength(48);
  const said = all.map(({ contentId }) => answersTo(contentId));
  expect(said).toEqual(all.map(({ replies }) => replies));
  const desk = played.filter((_, i) => customers[i] === 'forms').map(([first]) => first!.ana);
  for (const ana of desk) {
    await ana.untilPhase('handover');
    await ana.untilCategories('agent');
  }
});

it('on a bare webhook some are answered twice', async () => {
  const faq = new URL('../harness/kit-bots/faq.js', import.meta.url);
  const bare = await startBareKit(faq, secrets.ENGAGE_TOKEN);
  const simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    requestsPerMinute: 1_000_000,
    webhook: { url: bare.webhookUrl, secret: 'secret', verifyToken: 'token' },
  });
  bare.connect(simulator.url);
  const control = connectControl(simulator.url);
  await control.faults(duplicates);
  for (let i = 0; i < 48; i += 1) {
    await control.customer({
      source: 'chat',
      identity: `customer-${i}`,
      body: 'when are you open?',
    });
  }
  const said = async () =>
    (await control.record()).contents.filter(({ by }) => by.startsWith('bot:')).length;
  await eventually(said).toBeGreaterThan(48);
  await simulator.stop();
  bare.close();
});
