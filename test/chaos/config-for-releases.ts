/** As `config.ts`, with a second source, so that a command can be given one of them only. */
import { sources } from '../../simulator/seed.js';
import type { BatonConfig } from '../../settings/business.js';
import { config as withOneSource } from './config.js';

const { chat } = withOneSource.sources;
if (!chat) throw new Error('config.ts has no source chat');

export const config: BatonConfig = {
  ...withOneSource,
  sources: { chat, messages: { ...chat, id: sources.messages } },
};
