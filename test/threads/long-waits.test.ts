/**
 * Hours and days, in the time-skipping server: inclusion delay, linger, silence, the settle window. One day
 * for all: each test begins where the one before has ended.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { untilDelivered } from '../harness/delivered.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
/** Solved at the beginning of the day. */
let [returning, late, lingering]: Conversation[] = [];
/** Greeted at the beginning of the day, and silent since. */
let silent: Conversation;

beforeAll(async () => {
  const source = { settleWindow: '5m', threadInclusionDelay: '24h', closeWhenSilentFor: '2h' };
  const config = testConfig({ source, engageTimeout: '60s' });
  world = await startWorld({ isTimeSkipping: true, config });
  silent = new Conversation(world);
  [returning, late, lingering] = await Promise.all([solved(), solved(), solved(), greeted(silent)]);
});
afterAll(() => world.stop());

/** Time passes, for Temporal and for the platform. */
async function pass(time: string): Promise<void> {
  await world.control.advance(time);
  await world.temporal.sleep(time as '1h');
}

async function greeted(ana: Conversation): Promise<void> {
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
}

async function solved(): Promise<Conversation> {
  const ana = new Conversation(world);
  await greeted(ana);
  await ana.says('thanks');
  await ana.untilPhase('closed');
  await ana.untilQuiet();
  return ana;
}

it('an agent who completes after every message keeps the customer', async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  for (const words of ['Which parcel?', 'I am looking.', 'Here it is.']) {
    await ana.agent('reply', { body: words });
    await ana.agent('close');
    await untilDelivered(world, ana.thread);
    await ana.untilPhase('agent');
    await pass('3m');
    await ana.says('hello?');
    await untilDelivered(world, ana.thread);
    await pass('1m');
    expect(await ana.phase()).toBe('agent');
  }
  await ana.agent('reply', { body: 'Bye.' });
  await ana.agent('close');
  await untilDelivered(world, ana.thread);
  await pass('6m');
  await ana.untilPhase('closed');
  await ana.untilCategories('bot');
  expect(await ana.botSaid()).toHaveLength(1);
});

it('silence closes the bot’s conversation, and not before', async () => {
  await pass('1h');
  expect(await silent.phase()).toBe('bot');
  await pass('2h');
  await silent.untilPhase('closed');
  expect(await silent.card()).toMatchObject({ reason: 'customerSilent' });
});

it('within the inclusion delay the customer returns to the same conversation', async () => {
  const { thread } = returning!;
  // The 23rd hour of the day.
  await pass('19.5h');
  await returning!.says('and the hours?');
  await returning!.untilPhase('bot');
  expect((await returning!.untilBotSaid(3)).at(-1)).toBe('We are open from 9 to 18 h.');
  expect(returning!.thread).toBe(thread);
  expect((await returning!.card()).episode).toBe(2);
});

it('after the inclusion delay a new thread begins, and the bot greets again', async () => {
  const { thread } = late!;
  // The 25th hour is over.
  await pass('2.4h');
  await late!.says('hello');
  expect(await late!.untilBotSaid(1)).toEqual(['Welcome!']);
  expect(late!.thread).not.toBe(thread);
});

it('a closed thread lingers 26 hours, and then its run completes', async () => {
  const { since } = await lingering!.card();
  const passed = (await world.temporal.currentTimeMs()) - Date.parse(since);
  const left = 26 * 60 * 60_000 - passed;
  await pass(`${Math.round(left - 10 * 60_000)}ms`);
  expect((await lingering!.workflow.describe()).status.name).toBe('RUNNING');
  await pass('20m');
  const status = async () => (await lingering!.workflow.describe()).status.name;
  await eventually(status).toBe('COMPLETED');
  // Whoever waits for a result on this server makes its clock jump, for everybody: it is the day's end.
  expect(await lingering!.workflow.result()).toMatchObject({
    episodes: 1,
    counts: { replies: 2 },
  });
});
