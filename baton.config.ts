/**
 * What the business decides. This file is written for the simulated account that `npm start` brings;
 * for a real one put in its ids (each is in the edit URL of the thing in Engage's admin pages).
 * All settings and their defaults: settings/business.ts. Checked at start; secrets live elsewhere.
 */
import { defineConfig } from './settings/business.js';

const categories = { bot: '61b07000000000000000b071', agent: '61b07000000000000000a9e0' };

export const config = defineConfig({
  // The bot's own user, and the brand's identity in whose name it and the agents write.
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  // The chat's welcome message is nobody's words.
  automaticIdentityIds: ['61b0700000000000001d0002'],

  bots: {
    parcels: { scripted: 'bots/parcels.yaml' },
  },

  sources: {
    chat: {
      id: '61b07000000000000000c001',
      categories,
      bot: 'parcels',
      handOverWords: ['human', 'real person', 'agent'],
      // On a real desk minutes: agents also complete after each message.
      settleWindow: '10s',
    },
    messages: {
      id: '61b07000000000000000c002',
      categories,
      bot: 'parcels',
      handOverWords: ['human', 'real person', 'agent'],
      settleWindow: '10s',
    },
  },
});
