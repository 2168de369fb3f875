/**
 * At-least-once in, effectively once out: one reply to each content, under duplicates and disorder.
 * The same run must fail with a naive bot, or it would prove nothing.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDoors, type Doors, type ThreadRecord } from '../../simulator/door-client.js';
import { startSimulator } from '../../simulator/simulator.js';
import { startNaiveBot } from '../saboteurs/naive-bot.js';
import { secrets, startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

const customers = 20;
const contentsEach = 4;
const duplicates = { duplicate: 0.2, reorder: 0.3, seed: 7 };

/** Many customers at once, each waiting for the answer before writing again. */
async function play(doors: Doors): Promise<void> {
  await doors.faults(duplicates);
  await Promise.all(
    Array.from({ length: customers }, (_, i) => playCustomer(doors, `customer-${i}`)),
  );
  await doors.faults({});
}

async function playCustomer(doors: Doors, identity: string): Promise<void> {
  for (let i = 0; i < contentsEach; i += 1) {
    const content = { source: 'chat', identity, body: 'where is my parcel?' };
    const { thread_id: thread, content_id: id } = await doors.customer(content);
    const isAnswered = (record: ThreadRecord) =>
      record.contents.some(({ in_reply_to_id: to }) => to === id);
    await eventually(async () => isAnswered(await doors.record(thread))).toBe(true);
  }
}

/** How many answers each of the customers' contents got ("Welcome!" comes with the first). */
async function answers(doors: Doors): Promise<readonly number[]> {
  const { contents } = await doors.record();
  const asked = contents.filter(({ by }) => by.startsWith('customer:'));
  const said = contents.filter(({ by, body }) => by.startsWith('bot:') && body !== 'Welcome!');
  return asked.map(({ id }) => said.filter(({ in_reply_to_id: to }) => to === id).length);
}

/** Every delivery has been made, duplicates included. */
async function untilDelivered(doors: Doors): Promise<void> {
  let before = -1;
  await eventually(async () => {
    const { length } = (await doors.record()).deliveries;
    const isSettled = length === before;
    before = length;
    return isSettled;
  }).toBe(true);
}

describe('with a fifth of all events duplicated and a third out of order', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld();
  });
  afterAll(() => world.stop());

  it(`each of ${customers * contentsEach} contents gets one answer`, async () => {
    await play(world.doors);
    await untilDelivered(world.doors);
    const counted = await answers(world.doors);
    expect(counted).toHaveLength(customers * contentsEach);
    expect(counted.filter((count) => count !== 1)).toEqual([]);
  });
});

it('a naive bot fails the same run', async () => {
  const naive = await startNaiveBot(secrets.ENGAGE_TOKEN);
  const simulator = await startSimulator({
    port: 0,
    accessToken: secrets.ENGAGE_TOKEN,
    requestsPerMinute: 1_000_000,
    webhook: { url: naive.webhookUrl, secret: 'secret', verifyToken: 'token' },
  });
  naive.connect(simulator.url);
  const doors = openDoors(simulator.url);
  await play(doors);
  await untilDelivered(doors);
  const repeated = (await answers(doors)).filter((count) => count > 1);
  await simulator.stop();
  naive.close();
  expect(repeated.length).toBeGreaterThan(0);
});
