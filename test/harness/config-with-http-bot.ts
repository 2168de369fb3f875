/** A bot behind HTTP at the address the environment names, for a process of its own. */
import { testConfig } from './test-config.js';

const { HTTP_BOT_URL: url = 'http://127.0.0.1:1/' } = process.env;

export const config = testConfig({
  engageTimeout: '10s',
  bot: {
    http: { url, secretFrom: 'HTTP_BOT_SECRET', allowPrivate: true },
    timeout: '5s',
    budget: '10m',
  },
});
