/**
 * The bot of a source whose bot lives elsewhere: it says nothing, and hands over when it is asked to.
 * The conversation itself is `workflows/source-sdk/`.
 */
import type { Bot } from './bot.js';

/** The name by which a source in `baton.config.ts` says that its bot lives elsewhere. */
export const sourceSdkBotName = 'sourceSdk';

export const silentBot: Bot = {
  runs: 'inProcess',
  answer: () => Promise.resolve({ replies: [] }),
};
