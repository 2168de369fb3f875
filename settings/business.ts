/**
 * Schema of `baton.config.ts`, with all defaults.
 *
 * Parsed once at start by the ingress (which uses the sources) and the worker (which uses everything).
 * Unknown settings are refused, because a misspelt one would otherwise silently be a default.
 */
import { z } from 'zod';
import { getChannel } from '../bots/messages/channels.js';
import { hoursTable } from '../engage/availability/hours-table.js';
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
  /** The bot's user on the platform, and the brand's own identities ("controlled"). */
  botUser: z.strictObject({ userId: id, identityIds: z.array(id).default([]) }),
  /** Identities of automated messages, such as the chat's welcome message. */
  automaticIdentityIds: z.array(id).default([]),
  /** Timeout of one call to Engage. */
  engageTimeout: duration.prefault('5s'),
  /** The reconciler, which finds events that no webhook delivered. */
  reconcile: reconcileSettings.prefault({}),
  /** Alerts about threads that need attention; absent: none. */
  alerts: alertsSchema.optional(),
  /** The web chat's script; absent: none. */
  webChat: webChatSchema.optional(),
  /** The directory, and agent availability. */
  directory: directorySettings.prefault({}),
  /** Operators, besides whoever has `BATON_OPERATOR_TOKEN`. */
  operators: operatorsSchema.default({}),
  bots: z.record(z.string(), botSchema),
  sources: z
    .record(z.string(), sourceSchema)
    .refine((sources) => Object.keys(sources).length > 0, 'at least one is needed')
    .refine((sources) => !Object.keys(sources).some((name) => /["\\]/.test(name)), {
      // Such names cannot be used in Temporal's searches.
      error: 'names must not contain " or \\',
    })
    .superRefine(wrongSourceSdk),
});

/** Accepted input of `baton.config.ts`. */
export type BatonConfig = Omit<z.input<typeof configSchema>, 'bots'> & {
  readonly bots: Readonly<Record<string, BotConfig>>;
};
export type BusinessSettings = z.output<typeof configSchema>;

/** Types the file for editors; validates nothing. */
export function defineConfig(config: BatonConfig): BatonConfig {
  return config;
}

/**
 * The settings that a thread of this source carries, or `undefined` for an unknown source.
 *
 * @param now Unix milliseconds; the opening hours are those of the years around it
 */
export function sourceSettings(
  settings: BusinessSettings,
  sourceId: string,
  now = Date.now(),
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
    ...(hours && { hours: hoursTable(hours, now) }),
    ...(handoverNote !== false && { handoverNote }),
    ...(channel !== 'text' && { channel: getChannel(channel) }),
    ...(queue && { queue }),
    ...(profile && { profile }),
    ...(confirmHandoverWithin !== false && { confirmHandoverWithin }),
    ...toDriver({ driver, virtualAgent, messenger }),
    ...(settings.alerts && { alerts: true }),
    linger: Math.max(source.threadInclusionDelay, rememberFor),
    // A post consists of up to three calls: read the thread, read its contents, post.
    callTimeout: 3 * settings.engageTimeout + 1_000,
    confirm: { wait: 5_000, looks: 2 },
  };
}
