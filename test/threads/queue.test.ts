/** Customers who wait are sent their position, counted on a real server by its own searches. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { searchAttributes } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

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

/** How long this customer had waited when a human came, in milliseconds as the searches know it. */
async function waited({ workflow }: Conversation): Promise<number> {
  const { typedSearchAttributes } = await workflow.describe();
  const seconds = typedSearchAttributes.get(searchAttributes.waited);
  return Number(seconds) * 1_000;
}

/** What may be said at this place where others waited `usual`, and this customer anything up to `atMost`. */
function sayings(position: number, usual: number, atMost: number): readonly string[] {
  const minutes = (left: number) => Math.max(Math.ceil(left / 60_000), 1);
  const [least, most] = [minutes(usual - atMost), minutes(usual)];
  const withWait = Array.from(
    { length: most - least + 1 },
    (_, i) => `${position} in ~${least + i}`,
  );
  return usual > atMost ? withWait : [`${position}`, ...withWait];
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
  expect((await first.card()).queuePosition).toMatchObject({ position: 1, isEstimate: true });
  await untilFound(1);
  const secondCame = Date.now();
  const second = await waiting();
  expect((await second.botSaid()).at(-1)).toBe('2');
  await untilFound(2);
  const elsewhere = await waiting('messages');
  expect((await elsewhere.botSaid()).at(-1)).toBe('1');
  await untilFound(3);

  await first.agent('reply', { body: 'Good morning.' });
  await first.untilPhase('agent');
  await untilFound(2);
  expect((await first.card()).queuePosition).toBeUndefined();
  const query = `BatonSource = 'chat' AND BatonWaited IS NOT NULL`;
  const known = async () => (await world.temporal.client.workflow.count(query)).count;
  await eventually(known).toBe(1);
  const usual = await waited(first);
  expect(usual).toBeGreaterThanOrEqual(0);

  const thirdCame = Date.now();
  const third = await waiting();
  expect(sayings(2, usual, Date.now() - thirdCame)).toContain((await third.botSaid()).at(-1));
  // The second has moved up, and is sent its position when the business allows.
  await second.untilBotSaid(3);
  expect(sayings(1, usual, Date.now() - secondCame)).toContain((await second.botSaid()).at(-1));
});
