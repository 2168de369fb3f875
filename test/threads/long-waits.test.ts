/** Hours and days, in the time-skipping server: inclusion delay, linger, silence, the settle window. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Conversation } from '../support/conversation.js';
import { testConfig } from '../support/test-config.js';
import { startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

let world: World;
beforeEach(async () => {
  // One server a test: its clock jumps when a run completes, for everybody.
  const source = { settleWindow: '5m', threadInclusionDelay: '24h', closeWhenSilentFor: '2h' };
  world = await startWorld({ isTimeSkipping: true, config: testConfig({ source }) });
});
afterEach(() => world.stop());

/** Time passes, for Temporal and for the platform. */
async function pass(time: string): Promise<void> {
  await world.doors.advance(time);
  await world.temporal.sleep(time as '1h');
}

async function solved(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await ana.says('thanks');
  await ana.untilPhase('closed');
  await ana.untilQuiet();
  return ana;
}

it('within the inclusion delay the customer returns to the same conversation', async () => {
  const ana = await solved();
  const { thread } = ana;
  await pass('23h');
  await ana.says('and the hours?');
  await ana.untilPhase('bot');
  expect((await ana.untilBotSaid(3)).at(-1)).toBe('We are open from 9 to 18 h.');
  expect(ana.thread).toBe(thread);
  expect((await ana.card()).episode).toBe(2);
});

it('after the inclusion delay a new thread begins, and the bot greets again', async () => {
  const ana = await solved();
  const { thread } = ana;
  await pass('25h');
  await ana.says('hello');
  expect(await ana.untilBotSaid(1)).toEqual(['Welcome!']);
  expect(ana.thread).not.toBe(thread);
});

it('a closed thread lingers 26 hours, and then its run completes', async () => {
  const ana = await solved();
  await pass('25h');
  expect((await ana.workflow.describe()).status.name).toBe('RUNNING');
  await pass('2h');
  await eventually(async () => (await ana.workflow.describe()).status.name).toBe('COMPLETED');
  expect(await ana.workflow.result()).toMatchObject({ episodes: 1, counts: { replies: 2 } });
});

it('silence closes the bot’s conversation, and not before', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await pass('1h');
  expect(await ana.phase()).toBe('bot');
  await pass('2h');
  await ana.untilPhase('closed');
  expect(await ana.card()).toMatchObject({ reason: 'customerSilent' });
});

it('an agent who completes after every message keeps the customer', async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  for (const words of ['Which parcel?', 'I am looking.', 'Here it is.']) {
    await ana.agent('reply', { body: words });
    await ana.agent('close');
    await ana.untilPhase('agent');
    await pass('3m');
    await ana.says('hello?');
    await pass('1m');
    expect(await ana.phase()).toBe('agent');
  }
  await ana.agent('reply', { body: 'Bye.' });
  await ana.agent('close');
  await pass('6m');
  await ana.untilPhase('closed');
  await ana.untilCategories('bot');
  expect(await ana.botSaid()).toHaveLength(1);
});
