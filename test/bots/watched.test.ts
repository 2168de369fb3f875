/** Watched bots: who answers while one is out of order, and what counts as its failure. */
import { describe, expect, it } from 'vitest';
import type { Bot, BotAnswer } from '../../bots/bot.js';
import { watchBots, type WatchedBot } from '../../bots/watched.js';
import { turnOf } from '../harness/turn.js';

const breaker = {
  ...{ failures: 2, within: 60_000, last: 20, share: 0.5, tryAgainAfter: 1_000, latencyOf: 100 },
};
const outOfOrder = { because: 'botGaveUp', reason: 'the bot is out of order' };

const saying = (body: string): Bot => ({
  runs: 'remote',
  answer: () => Promise.resolve({ replies: [{ body }] }),
});

class Failing implements Bot {
  readonly runs = 'remote';
  isDown = true;
  asked = 0;
  answer(): Promise<BotAnswer> {
    this.asked += 1;
    if (this.isDown) return Promise.reject(new Error('503'));
    return Promise.resolve({ replies: [{ body: 'back' }] });
  }
}

type Given = Readonly<Record<string, Pick<WatchedBot, 'bot'> & Partial<WatchedBot>>>;

function watch(given: Given) {
  const clock = { now: 1_000_000 };
  const news: string[] = [];
  const all = Object.entries(given).map(([name, one]): [string, WatchedBot] => [
    name,
    { breaker, fallback: 'human', timeout: 5_000, ...one },
  ]);
  const { bots, status } = watchBots(new Map(all), {
    now: () => clock.now,
    changed: (name, { state }) => news.push(`${name}: ${state}`),
  });
  const ask = (name = 'main', more: Parameters<Bot['answer']>[1] = asking()) =>
    bots.get(name)!.answer(turnOf(['hello']), more);
  return { bots, status, clock, news, ask };
}

function asking(controller = new AbortController()) {
  return { signal: controller.signal, conversationId: 'conversation' };
}

async function breakIt(world: ReturnType<typeof watch>, name = 'main'): Promise<void> {
  for (let i = 0; i < breaker.failures; i += 1) {
    await expect(world.ask(name)).rejects.toThrow('503');
  }
}

describe('a bot out of order', () => {
  it('is not asked: a human has the turn at once', async () => {
    const bot = new Failing();
    const world = watch({ main: { bot } });
    await breakIt(world);
    expect(await world.ask()).toEqual({ replies: [], handOver: outOfOrder });
    expect(bot.asked).toBe(2);
    expect(world.status()['main']).toMatchObject({ state: 'open', errors: 2, answers: 0 });
  });

  it('has another answer in its place, and is tried again in time', async () => {
    const bot = new Failing();
    const world = watch({ main: { bot, fallback: 'spare' }, spare: { bot: saying('spare') } });
    await breakIt(world);
    expect(await world.ask()).toEqual({ replies: [{ body: 'spare' }] });
    world.clock.now += breaker.tryAgainAfter;
    await expect(world.ask()).rejects.toThrow('503');
    expect(await world.ask()).toEqual({ replies: [{ body: 'spare' }] });
    bot.isDown = false;
    world.clock.now += breaker.tryAgainAfter;
    expect(await world.ask()).toEqual({ replies: [{ body: 'back' }] });
    expect(world.news).toEqual(['main: open', 'main: closed']);
  });

  it('and so has the one that stands in for it', async () => {
    const down = { bot: new Failing() };
    const third = { bot: saying('third') };
    const world = watch({
      main: { ...down, fallback: 'second' },
      second: { ...down, fallback: 'third' },
      third,
    });
    await breakIt(world);
    await breakIt(world);
    expect(await world.ask()).toEqual({ replies: [{ body: 'third' }] });
  });

  it.each([
    ['is silenced by an emergency', saying('spare'), { mayTalk: () => Promise.resolve(false) }],
    [
      'needs tools, which would be the other’s',
      {
        ...saying(''),
        answer: () => Promise.resolve({ replies: [], calls: [{ id: '1', tool: 't', input: {} }] }),
      },
      {},
    ],
  ])('a human has the turn when the other %s', async (_, spare: Bot, more) => {
    const world = watch({
      main: { bot: new Failing(), fallback: 'spare' },
      spare: { bot: spare },
    });
    await breakIt(world);
    expect(await world.ask('main', { ...asking(), ...more })).toMatchObject({
      handOver: outOfOrder,
    });
  });

  it('a turn in which it has called tools is not another’s to go on with', async () => {
    const world = watch({
      main: { bot: new Failing(), fallback: 'spare' },
      spare: { bot: saying('spare') },
    });
    await breakIt(world);
    const called = [{ id: '1', tool: 't', input: {}, result: 'done' }];
    const answer = await world.bots.get('main')!.answer(turnOf(['hello'], { called }), asking());
    expect(answer).toMatchObject({ handOver: outOfOrder });
  });
});

describe('counts', () => {
  /** Never settles, as one that does not heed that nobody wants its answer. */
  const hanging: Bot = { runs: 'remote', answer: () => new Promise(() => undefined) };

  it.each([
    ['a question withdrawn early as nothing', 100, 0],
    ['one withdrawn at the end of its time as a failure', 4_990, 1],
  ])('%s', (_, after, errors) => {
    const world = watch({ main: { bot: hanging } });
    const controller = new AbortController();
    void world.ask('main', asking(controller));
    world.clock.now += after;
    controller.abort();
    expect(world.status()['main']).toMatchObject({ errors, answers: 0 });
  });

  it('what is no answer as a failure', async () => {
    const garbage = { runs: 'remote', answer: () => Promise.resolve('hello' as never) } as const;
    const world = watch({ main: { bot: garbage } });
    await expect(world.ask()).rejects.toThrow();
    expect(world.status()['main']).toMatchObject({ errors: 1, answers: 0 });
  });

  it('that it will answer later as an answer', async () => {
    const later = { runs: 'remote', answer: () => Promise.resolve('later' as const) } as const;
    const world = watch({ main: { bot: later } });
    expect(await world.ask()).toBe('later');
    expect(world.status()['main']).toMatchObject({ errors: 0, answers: 1 });
  });
});

it('tools are called as they were, also a class’s', async () => {
  class WithTools extends Failing {
    readonly #result = 'found';
    call(): Promise<string> {
      return Promise.resolve(this.#result);
    }
  }
  const { bots } = watch({ main: { bot: new WithTools() }, other: { bot: saying('') } });
  const { signal } = new AbortController();
  const call = { id: '1', tool: 't', input: {} };
  const main = bots.get('main');
  expect(await main?.call?.(call, { signal, idempotencyKey: 'k' })).toBe('found');
  expect(Object.keys(bots.get('other')!)).not.toContain('call');
});
