/**
 * The platform asks for feedback when an intervention closes: the bot closes exactly one for each
 * conversation it ended, none for those a human ended, and none after a "thanks".
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

let world: World;
beforeAll(async () => {
  const farewellWords = ['ok', 'thanks'];
  world = await startWorld({ config: testConfig({ source: { farewellWords } }) });
});
afterAll(() => world.stop());

/** How often the bot asked the platform to close an intervention of this thread. */
async function closings({ thread }: Conversation): Promise<number> {
  const { requests } = await world.control.record(thread);
  const isClosing = ({ method, path }: { method: string; path: string }) =>
    method === 'PUT' && /\/interventions\/[^/]+\/(close|cancel)$/.test(path);
  return requests.filter(isClosing).length;
}

async function solved(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  await ana.untilBotSaid(2);
  await ana.untilQuiet();
  await ana.says('thanks');
  await ana.untilPhase('closed');
  await ana.untilQuiet();
  return ana;
}

it.concurrent('only the bot spoke: one; and "ok thanks" later asks for none', async () => {
  const ana = await solved();
  expect(await closings(ana)).toBe(1);
  await ana.says('ok thanks');
  await ana.until(async () => (await ana.card()).decisions.at(-1)?.code === 'stayedClosed');
  await ana.untilQuiet();
  expect(await ana.phase()).toBe('closed');
  expect(await closings(ana)).toBe(1);
});

it.concurrent(
  'the customer comes back within a minute: each conversation has its own',
  async () => {
    const ana = await solved();
    await ana.says('and the hours?');
    await ana.untilPhase('bot');
    await ana.until(async () => (await ana.botSaid()).at(-1) === 'We are open from 9 to 18 h.');
    await ana.untilQuiet();
    await ana.says('thanks');
    await ana.untilPhase('closed');
    await ana.untilQuiet();
    expect((await ana.card()).episode).toBe(2);
    expect(await closings(ana)).toBe(2);
  },
);

it.concurrent('a human ended it: theirs is the closing, the bot adds none', async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  await ana.agent('reply', { body: 'Here it is.' });
  await ana.untilPhase('agent');
  await ana.agent('close');
  await ana.untilPhase('closed');
  await ana.untilCategories('bot');
  await ana.untilQuiet();
  expect(await closings(ana)).toBe(0);
  const { interventions } = await world.control.record(ana.thread);
  expect(interventions).toMatchObject([{ closed: true }]);
});
