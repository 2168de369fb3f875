/**
 * One suite for all drivers: however a thread is given to humans and taken back, it ends whole, with
 * the humans and its customer told once, or with the bot and its customer told so, whatever happens to
 * the calls it takes.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatonConfig } from '../../settings/business.js';
import { returnToBot } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { untilDelivered } from '../harness/delivered.js';
import { controlHistory, onPage, openPage } from '../harness/messenger.js';
import { accountWith } from '../harness/more-sources.js';
import { testConfig, type TestChoices } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

type Driver = {
  readonly name: string;
  /** Where it gives and takes; and where it soon gives up waiting. */
  readonly on: string;
  readonly hurried: string;
  readonly source: NonNullable<TestChoices['source']>;
  /** The calls by which a thread is given. */
  readonly calls: readonly string[];
  /** What is awaited, and does not come. */
  readonly awaited: readonly string[];
  /** Whom a hand-back leaves the thread with while a human is engaged. */
  readonly engaged: 'bot' | 'agent';
};

const tasks = ['task.created', 'task.assigned', 'task.recategorized'];
const drivers: readonly Driver[] = [
  {
    name: 'categories',
    on: 'categories',
    hurried: 'categories-hurried',
    source: { driver: 'categories' },
    calls: ['PUT /content_threads/*/update_categories'],
    awaited: tasks,
    engaged: 'bot',
  },
  {
    name: 'virtualAgent',
    on: 'virtualAgent',
    hurried: 'virtualAgent-hurried',
    source: { driver: 'virtualAgent', virtualAgent: { trigger: 'HUMAN' } },
    calls: ['POST /bots/handover'],
    awaited: tasks,
    engaged: 'agent',
  },
  {
    name: 'messenger',
    on: 'messages',
    hurried: 'messages',
    source: { ...onPage('bot', '5s'), confirmHandoverWithin: false },
    calls: ['POST /bots/handover', 'POST /graph/*/*/pass_thread_control'],
    awaited: ['messenger.request_thread_control'],
    engaged: 'agent',
  },
];

const farewell = 'A colleague takes over.';
const sorry = 'Sorry, I cannot reach a colleague right now.';

/** Of further sources like `messages`. */
const ids: Readonly<Record<string, string>> = {
  categories: '61b07000000000000000c011',
  'categories-hurried': '61b07000000000000000c012',
  virtualAgent: '61b07000000000000000c013',
  'virtualAgent-hurried': '61b07000000000000000c014',
};

/** Nobody hurries but where that is the point: a busy machine changes nothing. */
function config(): BatonConfig {
  const usual = testConfig({ engageTimeout: '30s' });
  const like = usual.sources['messages']!;
  const places = drivers.flatMap(({ on, hurried, source }) => [
    [hurried, { ...like, confirmHandoverWithin: '1s', ...source }] as const,
    [on, { ...like, confirmHandoverWithin: '10m', ...source }] as const,
  ]);
  const sources = places.map(([name, source]) => [name, { ...source, id: ids[name] ?? like.id }]);
  return { ...usual, sources: Object.fromEntries(sources) as BatonConfig['sources'] };
}

let world: World;
beforeAll(async () => {
  world = await startWorld({ config: config(), account: accountWith(ids, 'messages') });
  await openPage(world, 'bot');
});
afterAll(() => world.stop());

describe.concurrent.each(drivers)('$name', ({ name, on, hurried, calls, awaited, engaged }) => {
  async function handedOver(
    faults: Record<string, unknown> = {},
    source = on,
  ): Promise<Conversation> {
    const ana = new Conversation(world, source);
    await world.control.faults(faults, ana.identity);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    await ana.says('a human please');
    await ana.until(async () => (await ana.card()).epoch > 1);
    await ana.untilQuiet();
    return ana;
  }

  async function ending(ana: Conversation) {
    const { phase, attention, threadControl } = await ana.card();
    const control =
      name === 'messenger' ? (await controlHistory(world, ana.identity)).at(-1) : null;
    if (name === 'messenger') {
      expect(threadControl).toBe(control ?? 'bot');
    }
    return {
      phase,
      attention: attention[0]?.code,
      categories: await ana.categories(),
      isBots: name === 'messenger' ? control !== 'platform' : await isBots(ana),
      said: (await ana.botSaid()).slice(1),
    };
  }

  async function isBots(ana: Conversation): Promise<boolean> {
    return (await ana.categories()).includes('bot');
  }

  const withHumans = {
    phase: 'handover',
    attention: undefined,
    categories: ['agent'],
    isBots: false,
    said: [farewell],
  };

  it('gives: the human has the thread, and can speak', async () => {
    const ana = await handedOver();
    expect(await ending(ana)).toEqual(withHumans);
    await ana.agent('reply', { body: 'Good morning.' });
    await ana.untilPhase('agent');
    await ana.until(() => isExported(ana, 'Good morning.'));
    await ana.says('thank you');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toHaveLength(2);
  });

  async function isExported(ana: Conversation, body: string): Promise<boolean> {
    const { contents } = await world.control.record(ana.thread);
    const { deliveries } = await world.control.record(ana.thread);
    const exports = deliveries.flatMap(({ events }) =>
      events.filter(({ type }) => type === 'content.exported'),
    );
    return contents.some((one) => one.body === body) && exports.length > 0;
  }

  it('takes: the human is done, and the bot answers again', async () => {
    const ana = await handedOver();
    await ana.agent('reply', { body: 'Done.' });
    await ana.untilPhase('agent');
    await ana.agent('close');
    await ana.untilPhase('closed');
    await ana.untilCategories('bot');
    await ana.says('my parcel');
    await ana.untilBotSaid(3);
    await ana.untilQuiet();
    expect(await ending(ana)).toEqual({
      phase: 'bot',
      attention: undefined,
      categories: ['bot'],
      isBots: true,
      said: [farewell, 'It arrives tomorrow.'],
    });
  });

  it('takes back what nobody has taken, by an operator’s word', async () => {
    const ana = await handedOver();
    // What the bot opened the platform closes before it gives anything back.
    await ana.workflow.executeUpdate(returnToBot, { args: [{ by: 'olga', why: 'nobody' }] });
    await ana.untilCategories('bot');
    await ana.says('my parcel');
    await ana.untilBotSaid(3);
    await ana.untilQuiet();
    expect(await ending(ana)).toMatchObject({ phase: 'bot', isBots: true });
  });

  it.each(calls)('gives, though the answer to %s is lost', async (call) => {
    const ana = await handedOver({ 'lost-answer': { on: call, times: 1 } });
    expect(await ending(ana)).toEqual(withHumans);
    const { requests } = await world.control.record(ana.thread);
    expect(requests.filter(({ status }) => status === null)).toHaveLength(1);
  });

  it.each(calls)('stays with the bot when %s is refused, and says so', async (call) => {
    expect(await ending(await handedOver({ '403': { on: call } }))).toEqual({
      phase: 'bot',
      attention: 'handoverFailed',
      categories: ['bot'],
      isBots: true,
      said: [sorry],
    });
  });

  it('does not wait for ever for what is awaited', async () => {
    const ana = await handedOver({ drop: { on: [...awaited] } }, hurried);
    if (name !== 'messenger') await ana.until(async () => (await ana.card()).attention.length > 0);
    await ana.untilQuiet();
    const attention = name === 'messenger' ? undefined : 'handoverUnconfirmed';
    expect(await ending(ana)).toEqual({ ...withHumans, attention });
  });

  it('hands back while a human is engaged as far as the platform lets it', async () => {
    const ana = await handedOver();
    await ana.agent('engage');
    await ana.untilPhase('agent');
    // What reports that the human has come may otherwise be received after the return.
    await untilDelivered(world, ana.thread);
    await ana.untilQuiet();
    await ana.workflow.executeUpdate(returnToBot, { args: [{ by: 'olga', why: 'try' }] });
    await ana.untilQuiet();
    const end = await ending(ana);
    if (engaged === 'bot') expect(end).toMatchObject({ phase: 'bot', categories: ['bot'] });
    else {
      expect(end).toMatchObject({ phase: 'handover', categories: ['agent'], isBots: false });
      expect(end.attention).toBeDefined();
    }
  });
});
