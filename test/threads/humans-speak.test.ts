/**
 * Humans speak, and the bot keeps out of it: it is not asked, it posts nothing, and it knows what they said when
 * it has the thread again. A worker that does not look before it speaks must fail the same.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import type { BotTurn } from '../../bots/bot.js';
import { categories } from '../../simulator/seed.js';
import { Conversation } from '../harness/conversation.js';
import { untilAllReceived } from '../harness/received.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const asked: BotTurn[] = [];

/** Every question to a bot is seen. */
function recordQuestions(ports: Ports): Ports {
  const bots = [...ports.bots].map(([name, bot]) => {
    const answer: typeof bot.answer = (turn, asking) => {
      asked.push(turn);
      return bot.answer(turn, asking);
    };
    return [name, { ...bot, answer }] as const;
  });
  return { ...ports, bots: new Map(bots) };
}

/** Where the worker sees the thread as it would like it to be. */
const blindIn = new Set<string>();

function blind(ports: Ports): Ports {
  const { engage } = ports;
  const getThread: typeof engage.getThread = async (threadId) => {
    const thread = await engage.getThread(threadId);
    if (!blindIn.has(threadId)) return thread;
    return { ...thread, closed: false, thread_category_ids: [categories.bot] };
  };
  const listNewestContents: typeof engage.listNewestContents = (threadId) =>
    blindIn.has(threadId) ? Promise.resolve([]) : engage.listNewestContents(threadId);
  return { ...ports, engage: { ...engage, getThread, listNewestContents } };
}

function questionsAbout(words: string): readonly BotTurn[] {
  return asked.filter(({ burst }) => burst.some(({ body }) => body.includes(words)));
}

let world: World;
beforeAll(async () => {
  const config = testConfig({ engageTimeout: '30s' });
  world = await startWorld({ config, ports: (ports) => recordQuestions(blind(ports)) });
});
afterAll(() => world.stop());

async function greeted(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  return ana;
}

/** A human writes, and the event of it is lost; then the customer asks something the bot knows. */
async function humanWithoutEvent(ana: Conversation): Promise<void> {
  await world.control.faults({ drop: 1 }, ana.identity);
  await ana.agent('reply', { body: 'I have your parcel here.', native: true });
  await world.control.faults({}, ana.identity);
  await ana.says('where is my parcel?');
}

describe.concurrent('a human', () => {
  it('who only writes, at the desk, has the thread: the bot is not even asked', async () => {
    const ana = await greeted();
    await ana.agent('reply', { body: 'I am looking for it.' });
    await ana.untilPhase('agent');
    for (let i = 0; i < 5; i += 1) await ana.says(`where is my unasked parcel ${i}?`);
    await untilAllReceived(world, ana);
    await ana.untilQuiet();
    expect(await ana.phase()).toBe('agent');
    expect(await ana.botSaid()).toEqual(['Welcome!']);
    expect(questionsAbout('unasked')).toEqual([]);
  });

  it('who begins the conversation keeps it when the customer answers', async () => {
    const begun = { agent: 'agent-1', do: 'initiate', identity: 'outbound-ana' } as const;
    const more = { source: 'chat', body: 'Your order has arrived.' };
    const { thread_id: thread } = await world.control.agent({ ...begun, ...more });
    const ana = new Conversation(world);
    ana.thread = thread;
    await ana.untilPhase('agent');
    const reply = { source: 'chat', identity: 'outbound-ana', thread };
    const body = 'where is my outbound parcel?';
    await world.control.customer({ ...reply, body });
    await untilAllReceived(world, ana);
    await ana.untilQuiet();
    expect(await ana.phase()).toBe('agent');
    expect(await ana.botSaid()).toEqual([]);
    expect(questionsAbout('outbound')).toEqual([]);
  });

  it('gives the thread back, and the bot answers knowing the last promise', async () => {
    const ana = new Conversation(world);
    await ana.says('a human please');
    await ana.untilBotSaid(1);
    const promise = 'I have put 20 euros on your account.';
    await ana.agent('reply', { body: promise });
    await ana.untilPhase('agent');
    await ana.agent('close');
    await ana.untilPhase('closed');
    await ana.untilCategories('bot');
    await ana.says('and my promised parcel?');
    expect((await ana.untilBotSaid(2)).at(-1)).toBe('It arrives tomorrow.');
    const [question] = questionsAbout('promised');
    expect(question?.record).toContainEqual(
      expect.objectContaining({ by: 'agent', body: promise }),
    );
  });

  it('whose event was lost is found by the look before speaking', async () => {
    const ana = await greeted();
    await humanWithoutEvent(ana);
    await ana.untilPhase('agent');
    expect(await ana.botSaid()).toEqual(['Welcome!']);
  });
});

describe.concurrent('negative control: a worker that does not look before it speaks', () => {
  it('talks over a human whose event was lost', async () => {
    const ana = await greeted();
    blindIn.add(ana.thread);
    await humanWithoutEvent(ana);
    expect(await ana.untilBotSaid(2)).toEqual(['Welcome!', 'It arrives tomorrow.']);
  });
});
