/** A Cognigy flow behind a REST endpoint; the token its URL ends with is in COGNIGY_TOKEN. */
import { defineConfig } from '../../../settings/business.js';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  bots: {
    parcels: {
      cognigy: { url: 'https://endpoint-trial.cognigy.ai', tokenFrom: 'COGNIGY_TOKEN' },
    },
  },
  sources: {
    chat: {
      id: '61b07000000000000000c001',
      categories: { bot: '61b07000000000000000b071', agent: '61b07000000000000000a9e0' },
      bot: 'parcels',
    },
  },
});
