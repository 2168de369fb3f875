/**
 * One suite for every adapter: whatever kind of bot it is, the customer is answered once, a human is
 * called when it asks for one or fails, and nothing it does harms the thread or the worker. On a real
 * Temporal server and the simulator; behind each adapter a server that speaks its vendor's protocol.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Bot } from '../../../bots/bot.js';
import type { Ports } from '../../../activities/ports.js';
import type { Act, AdapterStage } from '../../support/bots/adapter-stage.js';
import { stages } from '../../support/bots/stages.js';
import { Conversation } from '../../support/conversation.js';
import { testConfig } from '../../support/test-config.js';
import { turnOf } from '../../support/turn.js';
import { startWorld, type World } from '../../support/world.js';

const sorry = 'Sorry, something went wrong. Please try again.';
/** So soon an answer must be there, in all tries together. */
const times = { timeout: '1200ms', budget: '3s' };

let world: World;
let stage: AdapterStage;

beforeAll(async () => {
  const remote = { scripted: { thinkFor: 1 }, ...times };
  world = await startWorld({ config: testConfig({ bot: remote }), ports: withStage });
});
afterAll(() => world.stop());

/** The bot of the tests is that of the stage at hand. */
function withStage(ports: Ports): Ports {
  const tester: Bot = {
    runs: 'remote',
    answer: (turn, asking) => stage.bot.answer(turn, asking),
    call: (call, asking) => stage.bot.call?.(call, asking) ?? Promise.reject(new Error('no tools')),
  };
  return { ...ports, bots: new Map([...ports.bots, ['tester', tester]]) };
}

describe.each(Object.entries(stages))('%s', (_, start) => {
  beforeAll(async () => {
    stage = await start();
  });
  afterAll(() => stage.stop());

  /** A new customer says this. What this kind of bot cannot do is not played, and said so. */
  async function told(words: string, skip: (why: string) => void): Promise<Conversation> {
    const why = stage.cannot?.[words as Act];
    if (why !== undefined) skip(why);
    const ana = new Conversation(world);
    await ana.says(words);
    return ana;
  }

  it('answers', async ({ skip }) => {
    const ana = await told('hello', skip);
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['You said: hello']);
  });

  it('answers a burst of five once, having seen all of it', async () => {
    const ana = new Conversation(world);
    const before = stage.asked().length;
    for (let i = 0; i < 5; i += 1) await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    const times = stage.answersEach ? 5 : 1;
    expect(await ana.botSaid()).toHaveLength(times);
    expect(stage.asked().length - before).toBe(times);
  });

  it('offers choices, as text where the channel has nothing else', async ({ skip }) => {
    const ana = await told('choose', skip);
    const [said] = await ana.untilBotSaid(1);
    for (const word of ['Well?', 'Yes', 'No']) expect(said).toContain(word);
  });

  it('hands over with one farewell', async ({ skip }) => {
    const ana = await told('human', skip);
    await ana.untilPhase('handover');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Goodbye for now.']);
  });

  it('ends what is solved', async ({ skip }) => {
    const ana = await told('done', skip);
    expect(await ana.untilBotSaid(1)).toEqual(['Glad to help.']);
    await ana.untilPhase('closed');
    expect(await ana.botSaid()).toEqual(['Glad to help.']);
  });

  it('is asked again when it fails, and answers once', async ({ skip }) => {
    const ana = await told('stumble', skip);
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['You said: stumble']);
  });

  it.for(['fail', 'hang', 'garble', 'flood'] as const)(
    'is apologised for when all it does is to %s, and goes on with the next',
    async (act, { skip }) => {
      const ana = await told(act, skip);
      expect(await ana.untilBotSaid(1)).toEqual([sorry]);
      await ana.untilQuiet();
      await ana.says('hello');
      expect(await ana.untilBotSaid(2)).toEqual([sorry, 'You said: hello']);
      expect(await ana.phase()).toBe('bot');
    },
  );

  it('says nothing when a human has come meanwhile', async ({ skip }) => {
    const before = stage.asked().length;
    const ana = await told('hang', skip);
    await ana.until(() => Promise.resolve(stage.asked().length > before));
    await ana.agent('reply', { body: 'I take this.' });
    await ana.untilPhase('agent');
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual([]);
  });

  it('asks under the same key again, when its worker has died', async () => {
    const before = stage.asked().length;
    const asking = { signal: new AbortController().signal, conversationId: 'conversation' };
    const turn = turnOf(['hello'], { id: 'the-same' });
    await stage.bot.answer(turn, asking);
    await stage.bot.answer(turn, asking);
    expect(new Set(stage.asked().slice(before)).size).toBe(1);
  });
});
