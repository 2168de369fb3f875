/**
 * What the business decides: the shape of `baton.config.ts`, with every default in sight.
 *
 * Parsed once at start by the ingress (which sources are ours) and the worker (everything). Unknown
 * settings are refused: a misspelt one would otherwise be a silent default.
 */
import { z } from 'zod';
import { channelOf } from '../bots/messages/channels.js';
import type { SourceSettings } from '../workflows/contract/source-settings.js';
import { alertsSchema } from './alerts.js';
import { type BotConfig, botSchema } from './bots.js';
import { directorySettings } from './directory.js';
import { toDriver } from './driver.js';
import { duration } from './duration.js';
import { toEscalations } from './escalations.js';
import { operatorsSchema } from './operators.js';
import { silentBotSettings, wrongSourceSdk } from './source-sdk.js';
import { reconcileSettings } from './reconcile.js';
import { toChoice, toRoutes } from './routes.js';
import { id, sourceSchema, toAvailability } from './source.js';
import { webChatSchema } from './web-chat.js';
import { rememberFor } from '../workflows/contract/remembered-time.js';

export const configSchema = z.strictObject({
  /** Our user on the platform, and the brand's own identities ("controlled"). */
  botUser: z.strictObject({ userId: id, identityIds: z.array(id).default([]) }),
  /** Identities whose contents are nobody's words, such as the chat's welcome message. */
  automaticIdentityIds: z.array(id).default([]),
  /** One call to Engage. */
  engageTimeout: duration.prefault('5s'),
  /** Looking for what webhooks never brought. */
  reconcile: reconcileSettings.prefault({}),
  /** Where it is told that somebody should look at a thread; without it nowhere. */
  alerts: alertsSchema.optional(),
  /** The script that shows the web chat around the clock; without it there is none. */
  webChat: webChatSchema.optional(),
  /** Who may answer where, and who is there. */
  directory: directorySettings.prefault({}),
  /** Who may see and steer, besides whoever has `BATON_OPERATOR_TOKEN`. */
  operators: operatorsSchema.default({}),
  bots: z.record(z.string(), botSchema),
  sources: z
    .record(z.string(), sourceSchema)
    .refine((sources) => Object.keys(sources).length > 0, 'at least one is needed')
    .refine((sources) => !Object.keys(sources).some((name) => /["\\]/.test(name)), {
      // Temporal's searches cannot find them.
      error: 'names must not contain " or \\',
    })
    .superRefine(wrongSourceSdk),
});

/** What may be written in `baton.config.ts`. */
export type BatonConfig = Omit<z.input<typeof configSchema>, 'bots'> & {
  readonly bots: Readonly<Record<string, BotConfig>>;
};
export type BusinessSettings = z.output<typeof configSchema>;

/** Types the file for its author's editor; checks nothing. */
export function defineConfig(config: BatonConfig): BatonConfig {
  return config;
}

/** The snapshot a thread of this source takes, or `undefined` for a source that is not ours. */
export function sourceSettings(
  settings: BusinessSettings,
  sourceId: string,
): SourceSettings | undefined {
  const found = Object.entries(settings.sources).find(([, { id: ownId }]) => ownId === sourceId);
  if (!found) return undefined;
  const [name, source] = found;
  const { id: ownId, bot: botName, policies, reopen, escalations, sourceSdk, ...rest } = source;
  const bot = sourceSdk
    ? { name: botName, ...silentBotSettings }
    : toChoice(botName, settings.bots);
  if (!bot) return undefined;
  const { hours, availability, teams, outsideHours, nobodyThere, ...more } = rest;
  const { handoverNote, confirmHandoverWithin, driver, virtualAgent, messenger, ...yet } = more;
  const { queue, profile, channel, routes, ...same } = yet;
  return {
    ...same,
    name,
    sourceId: ownId,
    botUser: settings.botUser,
    automaticIdentityIds: settings.automaticIdentityIds,
    bot,
    ...toRoutes(routes, settings.bots),
    policies: [...policies, reopen],
    escalations: toEscalations(escalations),
    ...toAvailability({ hours, availability, teams, outsideHours, nobodyThere }),
    ...(handoverNote !== false && { handoverNote }),
    ...(channel !== 'text' && { channel: channelOf(channel) }),
    ...(queue && { queue }),
    ...(profile && { profile }),
    ...(confirmHandoverWithin !== false && { confirmHandoverWithin }),
    ...toDriver({ driver, virtualAgent, messenger }),
    ...(settings.alerts && { alerts: true }),
    linger: Math.max(source.threadInclusionDelay, rememberFor),
    // A post reads the thread, may read its contents, and posts.
    callTimeout: 3 * settings.engageTimeout + 1_000,
    confirm: { wait: 5_000, looks: 2, sends: 3 },
  };
}
