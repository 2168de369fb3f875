/** The business of a simulated world: the simulated account, a bot, and the rules that a seed chooses. */
import { parseConfig } from '../../../settings/load-config.js';
import type { BatonConfig, BusinessSettings } from '../../../settings/business.js';
import { categories, identities, messengerPage, sources, users } from '../../../simulator/seed.js';
import { given } from '../../../engage/given.js';
import { outsideSource } from './outside-bot.js';

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
  /** The source `messages` hands over by thread control on a Facebook page, with this primary app. */
  readonly messenger?: 'bot' | 'platform' | 'none';
  /** A third source has a bot of the Source SDK; see `outside-bot.ts`. */
  readonly hasOutsideBot?: true;
  /** How often the reconciler runs. Default: `off`. */
  readonly reconcileEvery?: 'off' | '1h' | '12h';
  /** Default: 10 s. */
  readonly engageTimeout?: string;
  /** Calls to the platform in a minute, for the account. Default: so many that no call waits. */
  readonly callsPerMinute?: number;
};

/** Id of the source with the bot of the Source SDK. */
export const outsideSourceId = '61b07000000000000000c0dd';
/** Where that bot receives what agents say. */
export const outsideBotUrl = 'https://bot.outside/baton';

/** Settings of another version, for the same channels. */
export function onSameChannels(other: BusinessChoices, before: BusinessChoices): BusinessChoices {
  const { source, bot, reconcileEvery, engageTimeout } = other;
  const { messenger, hasOutsideBot, callsPerMinute } = before;
  const chosen = { source, bot, reconcileEvery, engageTimeout, messenger, hasOutsideBot };
  return given({ ...chosen, callsPerMinute }) as BusinessChoices;
}

function onPage(primary: NonNullable<BusinessChoices['messenger']>): SourceChoices {
  const { page_id: pageId, app_ids: apps } = messengerPage;
  const page = { pageId, appId: apps.bot, platformAppId: apps.platform };
  return { driver: 'messenger', messenger: { ...page, primary, within: '20s' } };
}

function outside(settings: object): object {
  const sourceSdk = { callbackUrl: outsideBotUrl, timeout: '5s', forgetAfter: '1h' };
  return { ...settings, id: outsideSourceId, bot: 'sourceSdk', sourceSdk };
}

export function createBusiness(choices: BusinessChoices): BusinessSettings {
  const { source, bot: kind = 'scripted', engageTimeout = '10s', reconcileEvery = 'off' } = choices;
  const { messenger, hasOutsideBot } = choices;
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
      messages: { id: sources.messages, ...settings, ...(messenger && onPage(messenger)) },
      ...(hasOutsideBot && { [outsideSource]: outside(settings) }),
    },
  });
}
