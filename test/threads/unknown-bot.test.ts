/**
 * A rollout: the thread's run began with a new bot, and a worker that does not know it serves the thread, then
 * one that does. The bot's budget is over long before.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { script, testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

/** Looks for a bot on a worker that has none. */
let asked = 0;
let knowsIt = false;

/** Ports are made once: of workers that start one after the other, each looks for its own bots. */
function ports(given: Ports): Ports {
  const bots = new Map(given.bots);
  bots.get = (name) => {
    asked += 1;
    return knowsIt ? given.bots.get(name) : undefined;
  };
  return { ...given, bots };
}

let world: World;
beforeAll(async () => {
  const bot = { scripted: script, budget: '1s', timeout: '500ms' };
  world = await startWorld({ config: testConfig({ bot }), ports });
});
afterAll(() => world.stop());

it('the customer is answered by the worker that knows the bot, and no human is asked', async () => {
  const ana = new Conversation(world);
  await ana.says('where is my parcel?');
  await eventually(() => Promise.resolve(asked)).toBeGreaterThanOrEqual(3);
  const waiting = await ana.card();
  expect(waiting.deadlines.map(({ name }) => name)).toContain('bot-retry');
  expect(waiting.decisions.map(({ code }) => code)).toContain('botUnknown');

  await world.stopWorkers();
  knowsIt = true;
  await world.startWorkers();
  expect(await ana.untilBotSaid(2)).toEqual(['Welcome!', 'It arrives tomorrow.']);
  await ana.untilQuiet();
  const card = await ana.card();
  expect(card).toMatchObject({ phase: 'bot', attention: [] });
  expect(card.decisions.map(({ code }) => code)).not.toContain('botFailed');
});
