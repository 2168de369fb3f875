/**
 * Schema of a source that uses the Source SDK: its bot runs outside Baton, behind a channel of Baton's
 * own. Such a source sets `bot` to the name `sourceSdk` and has these settings under `sourceSdk`.
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
  /** URL of the Source SDK bot, which receives the agents' contents. */
  callbackUrl: secureUrl({
    expected: 'a URL such as https://bot.example.com/baton',
    travels: 'customers’ words',
  }),
  /** Timeout of one call to it. */
  timeout: duration.prefault('5s'),
  /** `handovers`: only conversations that need an agent are created on the platform. */
  forward: z.enum(['handovers', 'all']).default('handovers'),
  /** Controlled identities under which the bot's contents and the agents' contents appear. */
  botIdentity: identity('baton-bot', 'Assistant'),
  agentIdentity: identity('baton-agent', 'Agent'),
  forgetAfter: duration.prefault('26h'),
  giveUpAfter: duration.prefault('24h'),
  /** Without the platform's confirmation within this time, the bot is notified that the handover failed. */
  confirmWithin: duration.prefault('2m'),
  /** Unit in which the bot's vendor counts estimated waiting times. */
  queueUnit: z.enum(['seconds', 'milliseconds']).default('milliseconds'),
});
export type SourceSdkChannel = z.output<typeof sourceSdkSchema>;

type Sources = Readonly<
  Record<string, { readonly id: string; readonly sourceSdk?: SourceSdkChannel | undefined }>
>;

/** The settings of each such source, by its name. */
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

/** Source names are part of ids. */
const nameInIds = /^[A-Za-z0-9_.-]{1,64}$/;

/** A source that uses the Source SDK needs both settings; any other source has neither. */
export function wrongSourceSdk(
  sources: Readonly<Record<string, { readonly bot: string; readonly sourceSdk?: unknown }>>,
  context: z.RefinementCtx,
): void {
  for (const [name, { bot, sourceSdk }] of Object.entries(sources)) {
    const wrong = (message: string) =>
      context.addIssue({ code: 'custom', path: [name, 'sourceSdk'], message });
    if (sourceSdk !== undefined && bot !== sourceSdkBotName) wrong("needs bot: 'sourceSdk'");
    if (sourceSdk === undefined && bot === sourceSdkBotName)
      wrong("is needed for bot: 'sourceSdk'");
    if (sourceSdk !== undefined && !nameInIds.test(name)) {
      wrong('the name of such a source has letters, digits, - _ and . only');
    }
  }
}

/** Settings of the bot that never replies. */
export const silentBotSettings = { runs: 'inProcess', timeout: 5_000, budget: 60_000 } as const;

type Secrets = {
  readonly BATON_SOURCE_SDK_SECRET?: string | undefined;
  readonly BATON_SOURCE_SDK_SECRET_PREVIOUS?: string | undefined;
  readonly BATON_SOURCE_SDK_BOT_SECRET?: string | undefined;
};
export type SourceSdkSecrets = {
  readonly sdk: string;
  /** Accepted during a rotation, because the platform may still sign with it. */
  readonly sdkPrevious?: string | undefined;
  readonly bot: string;
};

/** The secrets of such sources; `undefined` without such a source. @throws SettingsError */
export function sourceSdkSecrets(env: Secrets, sources: Sources): SourceSdkSecrets | undefined {
  if (sourceSdkChannels(sources).size === 0) return undefined;
  const { BATON_SOURCE_SDK_SECRET: sdk, BATON_SOURCE_SDK_BOT_SECRET: bot } = env;
  const { BATON_SOURCE_SDK_SECRET_PREVIOUS: sdkPrevious } = env;
  if (sdk !== undefined && bot !== undefined) return { sdk, sdkPrevious, bot };
  const problem = 'is not set, and a source has a Source SDK bot';
  const wrong: WrongSetting[] = [];
  if (sdk === undefined) wrong.push({ setting: 'BATON_SOURCE_SDK_SECRET', problem });
  if (bot === undefined) wrong.push({ setting: 'BATON_SOURCE_SDK_BOT_SECRET', problem });
  throw new SettingsError(wrong);
}
