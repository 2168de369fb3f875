/**
 * The bot is down: the customer has an answer or
 * a human, within the bot's budget, and every conversation ends.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { Conversation } from '../harness/conversation.js';
import { startWorld, type World } from '../harness/world.js';

describe.concurrent('a bot that answers errors', () => {
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
      // Where it fails for good that is soon known; where it does not, nothing depends on time.
      const budget = settings?.name === 'chat' ? 1_000 : 600_000;
      return settings && { ...settings, bot: { ...settings.bot, budget } };
    };
    return { ...ports, settingsOf, bots: new Map(bots) };
  }

  let world: World;
  beforeAll(async () => {
    world = await startWorld({ ports: failing });
  });
  afterAll(() => world.stop());

  it('for good: apologises, and then a human has the customer, who is told', async () => {
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

  it('for a moment: it is asked again, and nobody notices', async () => {
    failures.set('shaky', 3);
    const ana = new Conversation(world, 'messages');
    await ana.says('shaky is my parcel');
    expect(await ana.untilBotSaid(2)).toEqual(['Welcome!', 'It arrives tomorrow.']);
    expect(await ana.phase()).toBe('bot');
    expect(failures.get('shaky')).toBeLessThan(0);
  });
});
