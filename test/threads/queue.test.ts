/** Customers who wait hear where they stand, counted on a real server by its own searches. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../support/conversation.js';
import { testConfig } from '../support/test-config.js';
import { startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

const queue = { tellEvery: '10s', say: '{position} in {wait}', sayWithoutWait: '{position}' };

let world: World;
beforeAll(async () => {
  world = await startWorld({ config: testConfig({ source: { queue } }) });
});
afterAll(() => world.stop());

async function waiting(source = 'chat'): Promise<Conversation> {
  const ana = new Conversation(world, source);
  await ana.says('a human please');
  await ana.untilPhase('handover');
  await ana.untilBotSaid(2);
  return ana;
}

/** What the searches find lags behind: nobody asks before they know of the last one. */
async function untilFound(count: number): Promise<void> {
  const query = `BatonPhase = 'handover' AND BatonWaitingSince IS NOT NULL`;
  const found = async () => (await world.temporal.client.workflow.count(query)).count;
  await eventually(found).toBe(count);
}

it('counts who has waited longer on the same source, and how long others did', async () => {
  const first = await waiting();
  expect(await first.botSaid()).toEqual(['A colleague takes over.', '1']);
  expect((await first.card()).place).toMatchObject({ position: 1, isEstimate: true });
  await untilFound(1);
  const second = await waiting();
  expect((await second.botSaid()).at(-1)).toBe('2');
  await untilFound(2);
  const elsewhere = await waiting('messages');
  expect((await elsewhere.botSaid()).at(-1)).toBe('1');
  await untilFound(3);

  await first.agent('reply', { body: 'Good morning.' });
  await first.untilPhase('agent');
  await untilFound(2);
  expect((await first.card()).place).toBeUndefined();
  const waited = `BatonSource = 'chat' AND BatonWaited IS NOT NULL`;
  const known = async () => (await world.temporal.client.workflow.count(waited)).count;
  await eventually(known).toBe(1);

  const third = await waiting();
  expect((await third.botSaid()).at(-1)).toMatch(/^2 in ~1$/);
  // The second has moved up, and hears so when the business allows.
  await second.untilBotSaid(3);
  expect((await second.botSaid()).at(-1)).toMatch(/^1( in ~1)?$/);
}, 60_000);
