/**
 * One suite for every adapter: whatever kind of bot it is, the customer is answered once, a human is
 * called when it asks for one or fails, and nothing it does harms the thread or the worker. On a real
 * Temporal server and the simulator; behind each adapter a server that speaks its vendor's protocol.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../../bots/bot.js';
import type { Ports } from '../../../activities/ports.js';
import {
  accountOfAdapters,
  configOfAdapters,
  hurriedName,
  hurry,
} from '../../harness/bots/adapter-sources.js';
import { actIn, type AdapterSetup } from '../../harness/bots/adapter-setup.js';
import { stages } from '../../harness/bots/setups.js';
import { Conversation } from '../../harness/conversation.js';
import { eventually } from '../../harness/eventually.js';
import { turnOf } from '../../harness/turn.js';
import { startWorld, type World } from '../../harness/world.js';

const sorry = 'Sorry, something went wrong. Please try again.';
const adapters = Object.keys(stages);
const inBurst = 5;

let world: World;
const open = new Map<string, AdapterSetup>();
/** One of each adapter, who has said five things before anybody could answer. */
const bursts = new Map<string, Conversation>();

beforeAll(async () => {
  for (const [name, start] of Object.entries(stages)) open.set(name, await start());
  world = await startWorld({
    account: accountOfAdapters(adapters),
    config: configOfAdapters(adapters),
    ports: withStages,
    withoutWorker: true,
  });
  await Promise.all(adapters.map(sayBurst));
  await world.startWorkers();
});
afterAll(async () => {
  await world.stop();
  for (const setup of open.values()) await setup.stop();
});

function withStages(ports: Ports): Ports {
  const bots = [...open].flatMap(([name, { bot }]): readonly (readonly [string, Bot])[] => {
    const remote: Bot = {
      runs: 'remote',
      answer: (turn, asking) => bot.answer(turn, asking),
      call: (call, asking) => bot.call?.(call, asking) ?? Promise.reject(new Error('no tools')),
    };
    return [
      [name, remote],
      [hurriedName(name), remote],
    ];
  });
  return { ...ports, bots: new Map(bots) };
}

async function sayBurst(adapter: string): Promise<void> {
  const ana = new Conversation(world, adapter);
  bursts.set(adapter, ana);
  for (let i = 0; i < inBurst; i += 1) await ana.says('hello, burst');
  const taken = async () => {
    const { deliveries } = await world.control.record(ana.thread);
    const events = deliveries.filter(({ status }) => status === 200).flatMap((one) => one.events);
    return new Set(events.filter(({ type }) => type === 'content.imported').map(({ id }) => id));
  };
  await eventually(async () => (await taken()).size).toBe(inBurst);
}

describe.concurrent.each(adapters)('%s', (adapter) => {
  const setup = () => open.get(adapter)!;

  /** A new customer says this. What this kind of bot cannot do is not played, and said so. */
  async function customerWrites(
    words: string,
    skip: (why: string) => void,
    how: { readonly language?: string } = {},
  ): Promise<Conversation> {
    const act = actIn(words);
    const why = act && setup().cannot?.[act];
    if (why !== undefined) skip(why);
    const ana = new Conversation(world, adapter);
    await ana.says(words, how);
    return ana;
  }

  it('answers', async ({ skip }) => {
    const ana = await customerWrites('hello', skip);
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['You said: hello']);
  });

  it('answers a burst of five once, having seen all of it', async () => {
    const ana = bursts.get(adapter)!;
    const { answersEach } = setup();
    const times = answersEach ? inBurst : 1;
    await ana.untilBotSaid(times);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toHaveLength(times);
    expect(setup().asked('burst')).toHaveLength(times);
  });

  it('offers choices, as text where the channel has nothing else', async ({ skip }) => {
    const ana = await customerWrites('choose', skip);
    const [said] = await ana.untilBotSaid(1);
    for (const word of ['Well?', 'Yes', 'No']) expect(said).toContain(word);
  });

  it('hands over with one farewell', async ({ skip }) => {
    const ana = await customerWrites('human', skip);
    await ana.untilPhase('handover');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Goodbye for now.']);
  });

  it('ends what is solved', async ({ skip }) => {
    const ana = await customerWrites('done', skip);
    expect(await ana.untilBotSaid(1)).toEqual(['Glad to help.']);
    await ana.untilPhase('closed');
    expect(await ana.botSaid()).toEqual(['Glad to help.']);
  });

  it('is asked again when it fails, and answers once', async ({ skip }) => {
    const ana = await customerWrites('stumble', skip);
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['You said: stumble']);
  });

  it.for(['fail', 'hang', 'garble', 'flood'] as const)(
    'is apologised for when all it does is to %s, and goes on with the next',
    async (act, { skip }) => {
      const ana = await customerWrites(act, skip, hurry);
      expect(await ana.untilBotSaid(1)).toEqual([sorry]);
      await ana.untilQuiet();
      await ana.says('hello');
      expect(await ana.untilBotSaid(2)).toEqual([sorry, 'You said: hello']);
      expect(await ana.phase()).toBe('bot');
    },
  );

  it('says nothing when a human has come meanwhile', async ({ skip }) => {
    const ana = await customerWrites('hang meanwhile', skip);
    await eventually(() => setup().asked('meanwhile').length).toBeGreaterThan(0);
    await ana.agent('reply', { body: 'I take this.' });
    await ana.untilPhase('agent');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual([]);
  });

  it('asks under the same key again, when its worker has died', async () => {
    const asking = { signal: new AbortController().signal, conversationId: 'conversation' };
    const turn = turnOf(['hello again'], { id: 'the-same' });
    await setup().bot.answer(turn, asking);
    await setup().bot.answer(turn, asking);
    expect(setup().asked('again')).toHaveLength(2);
    expect(new Set(setup().asked('again')).size).toBe(1);
  });
});
