/** A turn as a bot is asked it, in which a customer says these words. */
import type { BotTurn } from '../../bots/bot.js';

export function turnOf(bodies: readonly string[], more: Partial<BotTurn> = {}): BotTurn {
  return {
    version: 1,
    id: 'turn',
    burst: bodies.map((body, index) => ({ id: `${index}`, body, hasAttachment: false })),
    record: [],
    humansSaid: [],
    memory: {},
    profile: {},
    channel: { kind: 'text', structured: [] },
    deadline: Date.now() + 60_000,
    called: [],
    sourceName: 'chat',
    episode: 1,
    ...more,
  };
}
