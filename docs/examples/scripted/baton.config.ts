/**
 * One scripted bot on one source. The ids are those of the simulated account: put in your own.
 * `npm run chat -- docs/examples/scripted/baton.config.ts` talks to it.
 */
import { defineConfig } from '../../../settings/business.js';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  bots: {
    shop: { scripted: 'docs/examples/scripted/bot.yaml' },
  },
  sources: {
    chat: {
      id: '61b07000000000000000c001',
      categories: { bot: '61b07000000000000000b071', agent: '61b07000000000000000a9e0' },
      bot: 'shop',
      burst: { quiet: '300ms' },
      settleWindow: '1s',
    },
  },
});
