/**
 * The bot of a source that uses the Source SDK: it never replies, and hands over on request.
 * `workflows/source-sdk/` handles the conversation itself.
 */
import type { Bot } from './bot.js';

/** Reserved bot name: a source in `baton.config.ts` with it uses the Source SDK. */
export const sourceSdkBotName = 'sourceSdk';

export const silentBot: Bot = {
  runs: 'inProcess',
  answer: () => Promise.resolve({ replies: [] }),
};
