/** As `config-for-processes.ts`, with a bot on `messages` that thinks for four seconds. */
import { script, testConfig } from './test-config.js';

const usual = testConfig({ engageTimeout: '1s' });
const slow = { scripted: { ...script, thinkFor: 4_000 } };

export const config = {
  ...usual,
  bots: { ...usual.bots, slow },
  sources: { ...usual.sources, messages: { ...usual.sources['messages']!, bot: 'slow' } },
};
