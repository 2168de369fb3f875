/** The business of a simulated world: the simulated account with two bots, and rules that a seed chooses. */
import { parseConfig } from '../../../settings/load-config.js';
import type { BatonConfig, BusinessSettings } from '../../../settings/business.js';
import { categories, identities, sources, users } from '../../../simulator/seed.js';

export const texts = {
  answer: 'ANSWER',
  farewell: 'A colleague takes over.',
} as const;

const script = {
  greet: 'Welcome!',
  answers: [{ when: ['parcel'], say: 'It arrives tomorrow.' }],
  solvedOn: ['thanks'],
  goodbye: 'Goodbye!',
  handOverOn: ['human'],
  farewell: texts.farewell,
  dontKnow: 'Pardon?',
};

/** What a seed chooses of the settings. */
export type BusinessChoices = {
  /** Part of a source's settings that replaces the plain ones. */
  readonly source?: Partial<BatonConfig['sources'][string]>;
  /** Default: 10 s. */
  readonly engageTimeout?: string;
};

export function createBusiness({
  source,
  engageTimeout = '10s',
}: BusinessChoices): BusinessSettings {
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
    bots: { tester: { scripted: script } },
    sources: {
      chat: { id: sources.chat, ...settings },
      messages: { id: sources.messages, ...settings },
    },
  });
}
