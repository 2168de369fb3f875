/**
 * A bot that only fails is soon out of order: its customers are answered by another bot or go to a human
 * at once, and when it is back it has the next turn.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import type { Bot } from '../../bots/bot.js';
import { watchBots, type WatchedBot } from '../../bots/watched.js';
import { createWorkerMetrics } from '../../runtime/metrics/worker.js';
import { createHealthApp } from '../../worker/health.js';
import { createTemporalMetrics } from '../../worker/temporal-metrics.js';
import { Conversation } from '../harness/conversation.js';
import { script, testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const breaker = {
  ...{ failures: 3, within: 60_000, last: 20, share: 0.5, tryAgainAfter: 1_000, latencyOf: 100 },
};

/** Both sources have a bot that a switch takes down: one with a spare, one without. */
let isDown = false;
let mayTry = false;
let watched: ReturnType<typeof watchBots> | undefined;

const switched = (body: string): Bot => ({
  runs: 'inProcess',
  answer: () =>
    isDown ? Promise.reject(new Error('503')) : Promise.resolve({ replies: [{ body }] }),
});

const spare: Bot = {
  runs: 'inProcess',
  answer: () => Promise.resolve({ replies: [{ body: 'The spare speaking.' }] }),
};

function withSwitches(ports: Ports): Ports {
  const common = { breaker, timeout: 60_000 };
  const bots = new Map<string, WatchedBot>([
    ['tester', { ...common, bot: switched('Main.'), fallback: 'spare' }],
    ['alone', { ...common, bot: switched('Alone.'), fallback: 'human' }],
    ['spare', { ...common, bot: spare, fallback: 'human' }],
  ]);
  // The clock of the breakers goes on when the test says so.
  watched = watchBots(bots, { now: () => (mayTry ? Date.now() : 0) });
  return { ...ports, bots: watched.bots };
}

let world: World;
beforeAll(async () => {
  const config = testConfig();
  const { chat, messages } = config.sources;
  // No answer is late because the machine is busy.
  const scripted = { scripted: script, timeout: '60s' };
  world = await startWorld({
    config: {
      ...config,
      bots: { tester: { ...scripted, fallback: 'spare' }, alone: scripted, spare: scripted },
      sources: { chat: chat!, messages: { ...messages!, bot: 'alone' } },
    },
    ports: withSwitches,
  });
});
afterAll(() => world.stop());

it('in the same turn another bot answers, and once it is back it has the turns again', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  expect(await ana.untilBotSaid(1)).toEqual(['Main.']);
  await ana.untilQuiet();

  isDown = true;
  await ana.says('and now?');
  expect((await ana.untilBotSaid(2)).at(-1)).toBe('The spare speaking.');
  await ana.untilQuiet();
  const bots = () => watched?.status() ?? {};
  const metrics = createWorkerMetrics({ allowed: 500 });
  const temporal = await createTemporalMetrics();
  const app = createHealthApp({ states: () => ['RUNNING'], bots, metrics, temporal });
  const health = await app.request('/healthz');
  expect(health.status).toBe(200);
  expect(await health.json()).toMatchObject({
    bots: { tester: { state: 'open', errors: 3, answers: 1 }, spare: { state: 'closed' } },
  });
  const numbers = await (await app.request('/metrics')).text();
  expect(numbers).toContain('baton_bot_breaker{bot="tester",state="open"} 1');
  expect(numbers).toContain('baton_bot_errors_total{bot="tester"} 3');
  expect(numbers).toContain('# Temporal’s runtime does not answer');

  isDown = false;
  mayTry = true;
  await ana.says('and now?');
  expect((await ana.untilBotSaid(3)).at(-1)).toBe('Main.');
  expect(watched?.status()['tester']).toMatchObject({ state: 'closed' });
  expect(await ana.phase()).toBe('bot');
  mayTry = false;
});

it('without another a human has the customer, who is told', async () => {
  isDown = true;
  const ana = new Conversation(world, 'messages');
  await ana.says('hello');
  await ana.untilPhase('handover');
  await ana.untilCategories('agent');
  expect((await ana.card()).reason).toBe('botGaveUp');
  expect(await ana.untilBotSaid(1)).toHaveLength(1);

  // Those who come now do not wait for failures first.
  const bela = new Conversation(world, 'messages');
  await bela.says('hello');
  await bela.untilPhase('handover');
  expect(watched?.status()['alone']).toMatchObject({ state: 'open', errors: 3 });
});
