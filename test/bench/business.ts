/** The business the benches run: the simulated account, one bot, and no pause before a turn. */
import type { BatonConfig, BusinessSettings } from '../../settings/business.js';
import { parseConfig } from '../../settings/load-config.js';
import { categories, identities, sources, users } from '../../simulator/seed.js';

export type SourceConfig = BatonConfig['sources'][string];
export type BotConfig = BatonConfig['bots'][string];

export const script = {
  greet: 'Welcome!',
  answers: [{ when: ['parcel'], say: 'It arrives tomorrow.' }],
  handOverOn: ['human'],
  farewell: 'A colleague takes over.',
};

const { bot, agent } = categories;

/** A source as a business would have it, but that a burst is over a millisecond after it began. */
export const sourceLike: Omit<SourceConfig, 'id'> = {
  categories: { bot, agent },
  bot: 'ours',
  burst: { quiet: '1ms', cap: '1s' },
};

export type Choices = Pick<BatonConfig, 'directory' | 'engageTimeout'> & {
  readonly bot?: BotConfig;
  readonly sources?: BatonConfig['sources'];
};

export function benchBusiness({
  bot: ours,
  sources: some,
  directory,
  engageTimeout,
}: Choices = {}): BusinessSettings {
  return parseConfig({
    botUser: { userId: users.bot, identityIds: [identities.brand] },
    automaticIdentityIds: [identities.welcome],
    bots: { ours: ours ?? { scripted: script } },
    sources: some ?? { chat: { ...sourceLike, id: sources.chat } },
    ...(directory && { directory }),
    ...(engageTimeout !== undefined && { engageTimeout }),
  });
}
