/**
 * What the business decides for a source whose bot lives outside Baton, behind a channel of our own
 * (Source SDK). Such a source says `bot: 'outside'` and has this beside it.
 */
import { z } from 'zod';
import { sourceSdkBotName } from '../bots/source-sdk.js';
import type { SourceSdkSettings } from '../workflows/contract/source-sdk.js';
import { duration } from './duration.js';
import { secureUrl } from './secure-url.js';
import { SettingsError, type WrongSetting } from './settings-error.js';

const identity = (id: string, screenname: string) =>
  z
    .strictObject({
      id: z.string().min(1).max(100).default(id),
      screenname: z.string().min(1).max(100).default(screenname),
    })
    .prefault({});

export const sourceSdkSchema = z.strictObject({
  /** Where the Source SDK bot is told what humans say. */
  callbackUrl: secureUrl({
    expected: 'a URL such as https://bot.example.com/baton',
    travels: 'customers’ words',
  }),
  /** One call to it. */
  timeout: duration.prefault('5s'),
  /** `handovers`: only conversations that need a human enter the platform. */
  forward: z.enum(['handovers', 'all']).default('handovers'),
  /** In whose name the Source SDK bot's lines stand, and agents write: controlled identities. */
  botIdentity: identity('baton-bot', 'Assistant'),
  agentIdentity: identity('baton-agent', 'Agent'),
  forgetAfter: duration.prefault('26h'),
  giveUpAfter: duration.prefault('24h'),
  /** No word from the platform that humans are asked: the Source SDK bot hears that nobody can be had. */
  confirmWithin: duration.prefault('2m'),
  /** In what its vendor counts estimated waiting times. */
  queueUnit: z.enum(['seconds', 'milliseconds']).default('milliseconds'),
});
export type SourceSdkChannel = z.output<typeof sourceSdkSchema>;

type Sources = Readonly<
  Record<string, { readonly id: string; readonly sourceSdk?: SourceSdkChannel | undefined }>
>;

/** What each such source is, by its name. */
export function sourceSdkChannels(
  sources: Sources,
): ReadonlyMap<
  string,
  { readonly channel: SourceSdkChannel; readonly settings: SourceSdkSettings }
> {
  const all = Object.entries(sources).flatMap(([name, { id: sourceId, sourceSdk }]) => {
    if (!sourceSdk) return [];
    const { forward, botIdentity, agentIdentity, queueUnit } = sourceSdk;
    const { forgetAfter, giveUpAfter, confirmWithin } = sourceSdk;
    const times = { forgetAfter, giveUpAfter, confirmWithin };
    const settings = { sourceId, forward, botIdentity, agentIdentity, ...times, queueUnit };
    return [[name, { channel: sourceSdk, settings }] as const];
  });
  return new Map(all);
}

/** Their names are in ids. */
const nameInIds = /^[A-Za-z0-9_.-]{1,64}$/;

/** A source has its bot outside by both of these, or by none. */
export function wrongSourceSdk(
  sources: Readonly<Record<string, { readonly bot: string; readonly sourceSdk?: unknown }>>,
  context: z.RefinementCtx,
): void {
  for (const [name, { bot, sourceSdk }] of Object.entries(sources)) {
    const wrong = (message: string) =>
      context.addIssue({ code: 'custom', path: [name, 'sourceSdk'], message });
    if (sourceSdk !== undefined && bot !== sourceSdkBotName) wrong("needs bot: 'outside'");
    if (sourceSdk === undefined && bot === sourceSdkBotName) wrong("is needed for bot: 'outside'");
    if (sourceSdk !== undefined && !nameInIds.test(name)) {
      wrong('the name of such a source has letters, digits, - _ and . only');
    }
  }
}

/** It only listens. */
export const silentBotSettings = { runs: 'inProcess', timeout: 5_000, budget: 60_000 } as const;

type Secrets = {
  readonly BATON_SOURCE_SDK_SECRET?: string | undefined;
  readonly BATON_SOURCE_SDK_SECRET_PREVIOUS?: string | undefined;
  readonly BATON_OUTSIDE_BOT_SECRET?: string | undefined;
};
export type SourceSdkSecrets = {
  readonly sdk: string;
  /** During a rotation: the platform may still sign with it. */
  readonly sdkPrevious?: string | undefined;
  readonly bot: string;
};

/** The secrets such sources need; `undefined` where there is none. @throws SettingsError */
export function sourceSdkSecrets(env: Secrets, sources: Sources): SourceSdkSecrets | undefined {
  if (sourceSdkChannels(sources).size === 0) return undefined;
  const { BATON_SOURCE_SDK_SECRET: sdk, BATON_OUTSIDE_BOT_SECRET: bot } = env;
  const { BATON_SOURCE_SDK_SECRET_PREVIOUS: sdkPrevious } = env;
  if (sdk !== undefined && bot !== undefined) return { sdk, sdkPrevious, bot };
  const problem = 'is not set, and a source has its bot outside';
  const wrong: WrongSetting[] = [];
  if (sdk === undefined) wrong.push({ setting: 'BATON_SOURCE_SDK_SECRET', problem });
  if (bot === undefined) wrong.push({ setting: 'BATON_OUTSIDE_BOT_SECRET', problem });
  throw new SettingsError(wrong);
}
