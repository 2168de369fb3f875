/** A turn as a bot is asked with, made of one content and nothing else. */
import type { BotTurn } from '../../bots/bot.js';

export function bareTurn({ contentId: id, body }: { contentId: string; body: string }): BotTurn {
  return {
    ...{ version: 1, id, sourceName: 'chat', episode: 1, called: [] },
    ...{ memory: { hasGreeted: true }, profile: {}, record: [], humansSaid: [] },
    burst: [{ id, body, hasAttachment: false }],
    channel: { kind: 'text', structured: [] },
    deadline: Date.now() + 60_000,
  };
}
