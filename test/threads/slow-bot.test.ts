/** A bot that thinks for ten seconds costs nobody anything but its own customer's patience. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../support/conversation.js';
import { script, testConfig } from '../support/test-config.js';
import { startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

let world: World;
beforeAll(async () => {
  const bot = { scripted: { ...script, thinkFor: 10_000 } };
  world = await startWorld({ config: testConfig({ bot }) });
});
afterAll(() => world.stop());

it('is not waited for by the acknowledgement', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  await eventually(async () =>
    (await world.doors.record(ana.thread)).deliveries.map(({ status }) => status),
  ).toContain(200);
  expect(await ana.botSaid()).toEqual([]);
  expect(await ana.phase()).toBe('bot');
});

it('says nothing once an agent has spoken', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  await eventually(async () => (await ana.card()).doing).toBe('askBot');
  await ana.agent('reply', { body: 'Good morning.' });
  await ana.untilPhase('agent');

  // Another thread's turn, begun later, is over: so would this one's have been.
  const bela = new Conversation(world);
  await bela.says('hello');
  await bela.untilBotSaid(1);
  expect(await ana.botSaid()).toEqual([]);
  const { counts } = await ana.card();
  expect(counts).toMatchObject({ leaks: 0, replies: 0 });
});
