/** A bot that is deployed anew while it has conversations: each goes on with the version that is there. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { createScriptedBot, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { Conversation } from '../harness/conversation.js';
import { script } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const long = { timeout: 600_000 };

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
      expect((await one.card()).attention).toEqual([]);
    });
  });
});

async function inTens<T>(all: readonly T[], act: (one: T, i: number) => Promise<void>) {
  for (let from = 0; from < all.length; from += 10) {
    await Promise.all(all.slice(from, from + 10).map((one, i) => act(one, from + i)));
  }
}
