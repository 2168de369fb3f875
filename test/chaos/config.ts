/**
 * The business settings of chaos: the simulated account, a bot that answers with one reply, and short timeouts,
 * so that another process has taken over long before a frozen one wakes.
 */
import type { BatonConfig } from '../../settings/business.js';
import { categories, identities, sources, users } from '../../simulator/seed.js';

export const replies = {
  parcel: 'It arrives tomorrow.',
  human: 'A colleague takes over.',
} as const;

const { bot, agent } = categories;

export const config: BatonConfig = {
  botUser: { userId: users.bot, identityIds: [identities.brand] },
  automaticIdentityIds: [identities.welcome],
  engageTimeout: '1s',
  bots: {
    ours: {
      scripted: {
        answers: [{ when: ['parcel'], say: replies.parcel }],
        handOverOn: ['human'],
        farewell: replies.human,
      },
    },
  },
  sources: {
    chat: {
      id: sources.chat,
      categories: { bot, agent },
      bot: 'ours',
      burst: { quiet: '50ms', cap: '1s' },
    },
  },
};
