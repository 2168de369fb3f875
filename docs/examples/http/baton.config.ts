/** A bot of one's own behind HTTP: `PARCEL_BOT_SECRET=… node docs/examples/http/bot.mjs`. */
import { defineConfig } from '../../../settings/business.js';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  bots: {
    parcels: {
      http: { url: 'http://127.0.0.1:5000/', secretFrom: 'PARCEL_BOT_SECRET', allowPrivate: true },
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
