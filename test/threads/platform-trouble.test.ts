/** What the platform does to an engine, and that its customer notices nothing: one answer to each. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { untilAllReceived } from '../harness/received.js';
import { startWorld, type World } from '../harness/world.js';

let world: World;
beforeAll(async () => {
  // So long that only a call which never ends takes longer.
  world = await startWorld({ config: testConfig({ engageTimeout: '4s' }) });
});
afterAll(() => world.stop());

async function greeted(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  return ana;
}

const post = 'POST /contents';
const recategorise = 'PUT /content_threads/*/update_categories';

async function answeredOnce(ana: Conversation): Promise<void> {
  await ana.says('where is my parcel?');
  await ana.untilBotSaid(2);
  await untilAllReceived(world, ana);
  await ana.untilQuiet();
  expect(await ana.botSaid()).toEqual(['Welcome!', 'It arrives tomorrow.']);
}

describe.concurrent('a reply is said once', () => {
  it.each([
    ['the answer to the post is lost', { 'lost-answer': { on: post, times: 1 } }],
    ['the answer to the post never comes', { hang: { on: post, times: 1 } }],
    ['the platform fails before posting', { '5xx': { on: post, times: 1 } }],
    ['the platform is full', { '429': { on: post, times: 1 } }],
    ['the thread cannot be read at first', { '5xx': { on: 'GET /content_threads/*', times: 1 } }],
    ['every event comes twice, and out of order', { duplicate: 1, reorder: 1 }],
    ['events are full of quirks', { quirks: 1 }],
  ])('when %s', async (_, faults) => {
    const ana = await greeted();
    await world.control.faults(faults, ana.identity);
    await answeredOnce(ana);
  });
});

describe.concurrent('a handover arrives', () => {
  it.each([
    ['another categorisation is running', { '409': { on: recategorise, times: 2 } }],
    ['the answer is lost', { 'lost-answer': { on: recategorise, times: 1 } }],
    ['the platform fails', { '5xx': { on: recategorise, times: 1 } }],
  ])('although %s, with the rest of the categories kept', async (_, faults) => {
    const ana = await greeted();
    const both = { category_ids: ['billing', 'bot'] };
    await ana.agent('recategorize', both);
    await world.control.faults(faults, ana.identity);
    await ana.says('a human please');
    await ana.untilBotSaid(2);
    expect(await ana.categories()).toEqual(['billing', 'agent']);
    expect(await ana.phase()).toBe('handover');
  });

  it('or not at all: refused, the bot keeps the thread, says so, and raises attention', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await world.control.faults({ '403': { on: recategorise } }, ana.identity);
    await ana.says('a human please');
    expect((await ana.untilBotSaid(2)).at(-1)).toContain('cannot reach a colleague');
    expect(await ana.categories()).toEqual(['bot']);
    const card = await ana.card();
    expect(card).toMatchObject({ phase: 'bot', attention: [{ code: 'handoverFailed' }] });
  });
});

describe.concurrent('interventions', () => {
  it('are opened before the bot’s first reply, and closed when the matter is solved', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    const opened = await world.control.record(ana.thread);
    expect(opened.interventions).toMatchObject([{ closed: false, user_replies_count: 1 }]);
    await ana.untilQuiet();
    await ana.says('thanks');
    await ana.untilPhase('closed');
    await ana.untilQuiet();
    const { interventions } = await world.control.record(ana.thread);
    expect(interventions).toMatchObject([{ closed: true }]);
  });
});

describe.concurrent('changes outside Baton', () => {
  it('by an agent in the channel’s own app silence the bot, and put the thread on the desk', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.agent('reply', { body: 'I have your parcel here.', native: true });
    await ana.untilPhase('agent');
    await ana.untilCategories('agent');
    for (let i = 0; i < 5; i += 1) await ana.says('where is my parcel?');
    await untilAllReceived(world, ana);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Welcome!']);
  });
});

// Of the whole account: nobody else may play meanwhile.
describe('a reply is said once', () => {
  it('when events come in batches', async () => {
    const ana = await greeted();
    await world.control.faults({ batch: 5 });
    await answeredOnce(ana);
    await world.control.faults({});
  });
});

describe('changes outside Baton', () => {
  it('by the emergency rule silence the bot: the category is looked at before it speaks', async () => {
    const ana = await greeted();
    await world.control.rule({ name: 'emergency', on: true });
    await ana.says('where is my parcel?');
    await ana.untilPhase('handover');
    const bela = new Conversation(world);
    await bela.says('hello');
    await bela.untilPhase('handover');
    await world.control.rule({ name: 'emergency', on: false });
    expect(await ana.botSaid()).toEqual(['Welcome!']);
    expect(await bela.botSaid()).toEqual([]);
  });
});
