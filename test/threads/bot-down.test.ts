/**
 * The bot is down, or another than the one the conversation began with: the customer has an answer or
 * a human, within the bot's budget, and every conversation ends.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { createScriptedBot, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { Conversation } from '../support/conversation.js';
import { script } from '../support/test-config.js';
import { startWorld, type World } from '../support/world.js';

const long = { timeout: 240_000 };

describe('a bot that answers errors', () => {
  /** Fails the questions of these words so many times more. */
  const failures = new Map<string, number>();

  function failing(ports: Ports): Ports {
    const bots = [...ports.bots].map(([name, bot]) => {
      const answer: typeof bot.answer = (turn, asking) => {
        const word = turn.burst.at(-1)?.body.split(' ')[0] ?? '';
        const left = failures.get(word) ?? 0;
        failures.set(word, left - 1);
        return left > 0 ? Promise.reject(new Error('503')) : bot.answer(turn, asking);
      };
      return [name, { ...bot, answer }] as const;
    });
    const settingsOf: Ports['settingsOf'] = (sourceId) => {
      const settings = ports.settingsOf(sourceId);
      return settings && { ...settings, bot: { ...settings.bot, budget: 3_000 } };
    };
    return { ...ports, settingsOf, bots: new Map(bots) };
  }

  let world: World;
  beforeAll(async () => {
    world = await startWorld({ ports: failing });
  });
  afterAll(() => world.stop());

  it('for good: apologises, and then a human has the customer, who is told', long, async () => {
    failures.set('broken', Infinity);
    const ana = new Conversation(world);
    await ana.says('broken is my parcel');
    expect(await ana.untilBotSaid(1)).toHaveLength(1);
    await ana.untilQuiet();
    await ana.says('broken it still is');
    await ana.untilPhase('handover');
    await ana.untilCategories('agent');
    expect(await ana.untilBotSaid(2)).toHaveLength(2);
    expect((await ana.card()).reason).toBe('botFailed');
  });

  it('for a moment: it is asked again, and nobody notices', long, async () => {
    failures.set('shaky', 3);
    const ana = new Conversation(world);
    await ana.says('shaky is my parcel');
    expect(await ana.untilBotSaid(2)).toEqual(['Welcome!', 'It arrives tomorrow.']);
    expect(await ana.phase()).toBe('bot');
    expect(failures.get('shaky')).toBeLessThan(0);
  });
});

describe('another version of the bot', () => {
  const { answers, ...rest } = script;
  const first = createScriptedBot(scriptSchema.parse(script));
  /** The answer half of the customers are in the middle of is gone. */
  const kept = answers.filter(({ when }) => !when.includes('parcel'));
  const second = createScriptedBot(scriptSchema.parse({ ...rest, answers: kept }));
  let deployed = first;

  const current = (ports: Ports): Ports => {
    const answer: typeof first.answer = (turn, asking) => deployed.answer(turn, asking);
    const bots = [...ports.bots.keys()].map((name) => [name, { ...first, answer }] as const);
    return { ...ports, bots: new Map(bots) };
  };

  let world: World;
  beforeAll(async () => {
    world = await startWorld({ ports: current });
  });
  afterAll(() => world.stop());

  it('has 100 conversations of the one before, and all of them end', long, async () => {
    const customers = Array.from({ length: 100 }, () => new Conversation(world));
    await inTens(customers, async (one) => {
      await one.says('where is my parcel?');
      expect(await one.untilBotSaid(2)).toContain('It arrives tomorrow.');
    });

    await world.stopWorkers();
    deployed = second;
    await world.startWorkers();
    await inTens(customers, async (one, i) => {
      await one.says(i % 2 === 0 ? 'and my other parcel?' : 'and the hours?');
      const wanted = i % 2 === 0 ? 'Pardon?' : 'We are open from 9 to 18 h.';
      expect((await one.untilBotSaid(3)).at(-1)).toBe(wanted);
      await one.untilQuiet();
      await one.says('thanks');
      await one.untilPhase('closed');
      expect((await one.card()).attention).toBeUndefined();
    });
  });
});

async function inTens<T>(all: readonly T[], act: (one: T, i: number) => Promise<void>) {
  for (let from = 0; from < all.length; from += 10) {
    await Promise.all(all.slice(from, from + 10).map((one, i) => act(one, from + i)));
  }
}
