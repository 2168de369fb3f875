/** The business of a simulated world: the simulated account, a bot, and the rules that a seed chooses. */
import { parseConfig } from '../../../settings/load-config.js';
import type { BatonConfig, BusinessSettings } from '../../../settings/business.js';
import { categories, identities, sources, users } from '../../../simulator/seed.js';

export const script = {
  greet: 'Welcome!',
  answers: [
    { when: ['parcel'], say: 'It arrives tomorrow.' },
    { when: ['hours'], say: 'We are open from 9 to 18 h.' },
  ],
  solvedOn: ['thanks'],
  goodbye: 'Goodbye!',
  handOverOn: ['human'],
  farewell: 'A colleague takes over.',
  dontKnow: 'Pardon?',
};

export type SourceChoices = Partial<BatonConfig['sources'][string]>;

/** What a seed chooses of the settings. */
export type BusinessChoices = {
  /** Part of a source's settings that replaces the plain ones. */
  readonly source?: SourceChoices;
  /** `remote`: answers over a network, late or not at all; see `remote-bot.ts`. Default: `scripted`. */
  readonly bot?: 'scripted' | 'remote';
  /** How often the reconciler runs. Default: `off`. */
  readonly reconcileEvery?: 'off' | '1h' | '12h';
  /** Default: 10 s. */
  readonly engageTimeout?: string;
  /** Calls to the platform in a minute, for the account. Default: so many that no call waits. */
  readonly callsPerMinute?: number;
};

export function createBusiness(choices: BusinessChoices): BusinessSettings {
  const { source, bot: kind = 'scripted', engageTimeout = '10s', reconcileEvery = 'off' } = choices;
  const { bot, agent } = categories;
  const settings = {
    ...{ categories: { bot, agent }, bot: 'tester' },
    ...{ burst: { quiet: '3s', cap: '15s' }, settleWindow: '1m' },
    ...source,
  };
  return parseConfig({
    botUser: { userId: users.bot, identityIds: [identities.brand] },
    automaticIdentityIds: [identities.welcome],
    engageTimeout,
    reconcile: { every: reconcileEvery },
    // The port of a remote bot is replaced: only its settings are read.
    bots: {
      tester:
        kind === 'scripted'
          ? { scripted: script }
          : {
              http: { url: 'https://bot.simulated/', secretFrom: 'SIMULATED_BOT_SECRET' },
              timeout: '10s',
              budget: '1m',
            },
    },
    sources: {
      chat: { id: sources.chat, ...settings },
      messages: { id: sources.messages, ...settings },
    },
  });
}
