/**
 * The business settings of the cluster, as a file that the roles load: the simulated account, a scripted bot,
 * and no pause before a turn. Customers who ask for a human are handed over without a question.
 */
import { script, sourceLike } from '../bench/business.js';
import type { BatonConfig } from '../../settings/business.js';
import { domainId, identities, sources, users } from '../../simulator/seed.js';

/** Timeout of a call to the platform; after it a reply is ambiguous. */
export const engageTimeout = '4s';

export const config: BatonConfig = {
  botUser: { userId: users.bot, identityIds: [identities.brand] },
  automaticIdentityIds: [identities.welcome],
  engageTimeout,
  bots: { ours: { scripted: { ...script, solvedOn: ['thanks'], goodbye: 'Goodbye!' } } },
  sources: { chat: { ...sourceLike, id: sources.chat, availability: 'ignore' } },
  // The reconciler runs every minute, because a run lasts minutes.
  reconcile: {
    ...{ every: '60s', calls: 5_000, callsPerMinute: 60_000, domainId },
    ...{ overlap: '30s', grace: '5s' },
  },
};
