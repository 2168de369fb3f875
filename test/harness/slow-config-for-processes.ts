/** As `config-for-processes.ts`, with a bot on `messages` that thinks as long as the address of the environment says. */
import { testConfig } from './test-config.js';

const { HTTP_BOT_URL: url = 'http://127.0.0.1:1/' } = process.env;

const usual = testConfig({ engageTimeout: '3s' });
const http = { url, secretFrom: 'HTTP_BOT_SECRET', allowPrivate: true } as const;
const slow = { http, timeout: '5s', budget: '10m' };

export const config = {
  ...usual,
  bots: { ...usual.bots, slow },
  sources: { ...usual.sources, messages: { ...usual.sources['messages']!, bot: 'slow' } },
};
