/** The business of tests: the simulated account, a talkative bot, and no more waiting than is tested. */
import type { BatonConfig } from '../../settings/business.js';
import { categories, identities, sources, users } from '../../simulator/seed.js';

type SourceConfig = BatonConfig['sources'][string];
type BotConfig = BatonConfig['bots'][string];

export type TestChoices = {
  readonly source?: Partial<SourceConfig>;
  readonly bot?: BotConfig;
  readonly engageTimeout?: string;
};

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

export function testConfig(choices: TestChoices = {}): BatonConfig {
  const { bot, agent } = categories;
  const source = {
    categories: { bot, agent },
    bot: 'tester',
    burst: { quiet: '150ms', cap: '1s' },
    settleWindow: '1s',
    ...choices.source,
  };
  return {
    botUser: { userId: users.bot, identityIds: [identities.brand] },
    automaticIdentityIds: [identities.welcome],
    engageTimeout: choices.engageTimeout ?? '2s',
    bots: { tester: choices.bot ?? { scripted: script } },
    sources: {
      chat: { id: sources.chat, ...source },
      messages: { id: sources.messages, ...source },
    },
  };
}
