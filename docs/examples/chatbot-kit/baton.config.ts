/**
 * A bot of the chatbot kit on the simulated account: `BATON_CONFIG=docs/examples/chatbot-kit/baton.config.ts`.
 * What the adapter takes and what becomes of the bot's calls: docs/bots/chatbot-kit.md.
 */
import { defineConfig } from '../../../settings/business.js';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  automaticIdentityIds: ['61b0700000000000001d0002'],
  bots: {
    parcels: { chatbotKit: { module: new URL('./kit-bot.js', import.meta.url).href } },
  },
  sources: {
    chat: {
      id: '61b07000000000000000c001',
      categories: { bot: '61b07000000000000000b071', agent: '61b07000000000000000a9e0' },
      bot: 'parcels',
    },
  },
});
