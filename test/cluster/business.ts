/**
 * The business that runs on the cluster, as a file that processes of their own can load: the simulated
 * account, a scripted bot, and no pause before a turn. Whoever asks for a human is handed over unasked.
 */
import { script, sourceLike } from '../bench/business.js';
import type { BatonConfig } from '../../settings/business.js';
import { domainId, identities, sources, users } from '../../simulator/seed.js';

/** From the worker to the platform and back; longer, and it is not known whether a reply was posted. */
export const engageTimeout = '4s';

export const config: BatonConfig = {
  botUser: { userId: users.bot, identityIds: [identities.brand] },
  automaticIdentityIds: [identities.welcome],
  engageTimeout,
  bots: { ours: { scripted: { ...script, solvedOn: ['thanks'], goodbye: 'Goodbye!' } } },
  sources: { chat: { ...sourceLike, id: sources.chat, availability: 'ignore' } },
  // What a webhook never brought is looked for every minute: a run lasts minutes, not days.
  reconcile: {
    ...{ every: '60s', calls: 5_000, callsPerMinute: 60_000, domainId },
    ...{ overlap: '30s', grace: '5s' },
  },
};
