/**
 * At-least-once in, effectively once out: one reply to each content, under duplicates and disorder.
 * The same run must fail with a naive bot, or it would prove nothing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { newState } from '../../simulator/new-state.js';
import { startSimulator } from '../../simulator/simulator.js';
import type { State } from '../../simulator/state.js';
import { startNaiveBot } from '../negative-controls/naive-bot.js';
import { Conversation } from '../harness/conversation.js';
import { secrets, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const customers = 20;
const contentsEach = 4;
const duplicates = { duplicate: 0.2, reorder: 0.3, seed: 7 };

/** Many customers at once, each waiting for the answer before writing again. Their threads. */
async function play(control: SimulatorControl, account: State): Promise<readonly string[]> {
  await control.faults(duplicates);
  const threads = await Promise.all(
    Array.from({ length: customers }, (_, i) => playCustomer(control, account, `customer-${i}`)),
  );
  await control.faults({});
  return threads;
}

async function playCustomer(
  control: SimulatorControl,
  account: State,
  identity: string,
): Promise<string> {
  let written = '';
  for (let i = 0; i < contentsEach; i += 1) {
    const content = { source: 'chat', identity, body: 'where is my parcel?' };
    const { thread_id: thread, content_id: id } = await control.customer(content);
    const answered = () => Object.values(account.contents).map(({ in_reply_to_id: to }) => to);
    await eventually(answered).toContain(id);
    written = thread;
  }
  return written;
}

/** How many answers each of the customers' contents got ("Welcome!" comes with the first). */
async function answers(control: SimulatorControl): Promise<readonly number[]> {
  const { contents } = await control.record();
  const asked = contents.filter(({ by }) => by.startsWith('customer:'));
  const said = contents.filter(({ by, body }) => by.startsWith('bot:') && body !== 'Welcome!');
  return asked.map(({ id }) => said.filter(({ in_reply_to_id: to }) => to === id).length);
}

/** Every delivery has been made, duplicates included: they come a second late. */
async function untilDelivered(control: SimulatorControl, account: State): Promise<void> {
  await control.advance('2s');
  await eventually(() => account.deliveries).toEqual([]);
}

describe('with a fifth of all events duplicated and a third out of order', () => {
  let world: World;
  const account = newState();
  beforeAll(async () => {
    world = await startWorld({ account });
  });
  afterAll(() => world.stop());

  it(`each of ${customers * contentsEach} contents gets one answer`, async () => {
    const threads = await play(world.control, account);
    await untilDelivered(world.control, account);
    for (const thread of threads) {
      const ana = new Conversation(world);
      ana.thread = thread;
      await ana.untilQuiet();
    }
    const counted = await answers(world.control);
    expect(counted).toHaveLength(customers * contentsEach);
    expect(counted.filter((count) => count !== 1)).toEqual([]);
  });
});

it('a naive bot fails the same run', async () => {
  const naive = await startNaiveBot(secrets.ENGAGE_TOKEN);
  const account = newState();
  const simulator = await startSimulator({
    port: 0,
    account,
    accessToken: secrets.ENGAGE_TOKEN,
    requestsPerMinute: 1_000_000,
    webhook: { url: naive.webhookUrl, secret: 'secret', verifyToken: 'token' },
  });
  naive.connect(simulator.url);
  const control = connectControl(simulator.url);
  await play(control, account);
  await untilDelivered(control, account);
  const repeated = (await answers(control)).filter((count) => count > 1);
  await simulator.stop();
  naive.close();
  expect(repeated.length).toBeGreaterThan(0);
});
