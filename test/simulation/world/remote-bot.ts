/**
 * A modelled bot behind a network: slow now and then, sometimes broken, it answers, waits for more, hands over
 * and solves. What it answers depends on the turn's id only, so that a repeated question gets the same answer.
 */
import type { Bot, BotAnswer, BotTurn } from '../../../bots/bot.js';
import { createRandom, type Random } from '../host/random.js';
import type { VirtualTime } from '../host/virtual-time.js';

export class BotAway extends Error {
  override readonly name = 'BotAway';
}

/** @param random decides about latency and failures, not about answers */
export function createRemoteBot(time: VirtualTime, random: Random): Bot {
  return {
    runs: 'remote',
    async answer(turn) {
      await time.pass(random.skewed(20, 15_000));
      if (random.chance(0.05)) throw new BotAway('the bot is away');
      return answerTo(turn);
    },
  };
}

function answerTo({ id, burst, episode }: BotTurn): BotAnswer {
  const said = burst.map(({ body }) => body).join(' ');
  if (said.includes('human')) {
    return {
      replies: [{ body: 'A colleague takes over.' }],
      handOver: { because: 'customerAsked' },
    };
  }
  if (said.includes('thanks')) return { replies: [{ body: 'Goodbye!' }], isSolved: true };
  const random = createRandom(checksum(id));
  const first = `ANSWER ${episode} ${id.slice(-12)}`;
  if (random.chance(0.1)) return { replies: [], wait: { forMs: random.integer(1_000, 20_000) } };
  if (random.chance(0.05)) {
    return { replies: [], handOver: { because: 'botGaveUp', reason: 'I do not know' } };
  }
  const replies = [{ body: first }, ...(random.chance(0.2) ? [{ body: `${first} (more)` }] : [])];
  return { replies, ...(random.chance(0.1) && { customerProfile: { plan: 'gold' } }) };
}

function checksum(text: string): number {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return sum;
}
