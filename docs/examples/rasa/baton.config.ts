/** A Rasa assistant on this machine: `rasa run`, with `rest:` in its credentials.yml. */
import { defineConfig } from '../../../settings/business.js';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  bots: {
    parcels: {
      rasa: { url: 'http://127.0.0.1:5005', allowPrivate: true },
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
