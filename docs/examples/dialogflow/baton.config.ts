/** A Dialogflow CX agent: its name, and an access token in DIALOGFLOW_TOKEN (`gcloud auth print-access-token`). */
import { defineConfig } from '../../../settings/business.js';

export const config = defineConfig({
  botUser: { userId: '61b07000000000000000b0b0', identityIds: ['61b0700000000000001d0001'] },
  bots: {
    parcels: {
      dialogflow: {
        agent:
          'projects/my-project/locations/europe-west1/agents/11111111-2222-3333-4444-555555555555',
        tokenFrom: 'DIALOGFLOW_TOKEN',
        timeZone: 'Europe/Paris',
      },
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
