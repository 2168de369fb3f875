/**
 * What the business decides: the shape of `baton.config.ts`, with every default in sight.
 *
 * Parsed once at start by the ingress (which sources are ours) and the worker (everything). Unknown
 * settings are refused: a misspelt one would otherwise be a silent default.
 */
import { z } from 'zod';
import { scriptedBotSettings } from '../bots/scripted.js';
import { policies } from '../workflows/policies/index.js';
import { rememberFor } from '../workflows/seen-ids.js';
import type { SourceSettings } from '../workflows/source-settings.js';
import { duration } from './duration.js';
import type { WrongSetting } from './settings-error.js';

const reopenPolicies = ['reopen-to-bot'] as const;
const id = z.string().min(1);
const text = z.string().min(1).max(1_000);

const policyName = z.string().refine((name) => policies.has(name), {
  error: `no such policy; there are ${[...policies.keys()].join(', ')}`,
});

const textsSchema = z.strictObject({
  /** With the handover, unless the bot says its own farewell. */
  handover: text.default('I am handing you over to a colleague. One moment, please.'),
  /** The platform refused the handover; the bot keeps the thread. */
  handoverFailed: text.default('Sorry, I cannot reach a colleague right now.'),
  /** The bot gave no answer, and a human is not called yet. */
  botFailed: text.default('Sorry, something went wrong. Please try again.'),
});

const sourceSchema = z.strictObject({
  /** The source's id on the platform: it is in the source's edit URL. */
  id,
  /** Category ids. The bot's is the source's default category; no human has it as a skill. */
  categories: z.strictObject({ bot: id, agent: id }),
  /** Which of `bots`. */
  bot: z.string(),
  /** In order: the first that decides wins. */
  policies: z.array(policyName).default(['hand-over-when-asked', 'hand-over-when-bot-fails']),
  /** What becomes of the thread when the human is done. */
  reopen: z.enum(reopenPolicies).default('reopen-to-bot'),
  /** Words and phrases by which a customer asks for a person; the bot may know more. */
  handOverWords: z.array(text).default([]),
  /** The bot fails so many turns in a row before a human takes over. */
  maxFailedTurns: z.number().int().min(1).default(2),
  /** Contents in quick succession are one turn: pause after the last, longest wait in all. */
  burst: z
    .strictObject({ quiet: duration.prefault('1s'), cap: duration.prefault('5s') })
    .prefault({}),
  /** After an agent completes: how long they may still come back before the thread is the bot's. */
  settleWindow: duration.prefault('5m'),
  /** The source's "time for thread inclusion" on the platform. */
  threadInclusionDelay: duration.prefault('24h'),
  closeWhenSilentFor: duration.prefault('24h'),
  /** `first`: before the first reply, which makes statistics, surveys and closing possible. */
  openIntervention: z.enum(['first', 'whenRefused', 'never']).default('first'),
  texts: textsSchema.prefault({}),
});

export const configSchema = z.strictObject({
  /** Our user on the platform, and the brand's own identities ("controlled"). */
  botUser: z.strictObject({ userId: id, identityIds: z.array(id).default([]) }),
  /** Identities whose contents are nobody's words, such as the chat's welcome message. */
  automaticIdentityIds: z.array(id).default([]),
  /** One call to Engage. */
  engageTimeout: duration.prefault('5s'),
  bots: z.record(z.string(), scriptedBotSettings),
  sources: z
    .record(z.string(), sourceSchema)
    .refine((sources) => Object.keys(sources).length > 0, 'at least one is needed'),
});

/** Just enough of the file's shape to compare names, whatever else is wrong with it. */
const namesSchema = z.object({
  bots: z.record(z.string(), z.unknown()),
  sources: z.record(z.string(), z.looseObject({ bot: z.string() })),
});

/** Sources whose bot is not in the file. */
export function danglingBots(config: unknown): readonly WrongSetting[] {
  const parsed = namesSchema.safeParse(config);
  if (!parsed.success) return [];
  const { bots, sources } = parsed.data;
  const known = Object.keys(bots).join(', ') || 'none';
  return Object.entries(sources)
    .filter(([, source]) => !Object.hasOwn(bots, source.bot))
    .map(([name]) => ({
      setting: `sources.${name}.bot`,
      problem: `no such bot; there are: ${known}`,
    }));
}

/** What may be written in `baton.config.ts`. */
export type BatonConfig = z.input<typeof configSchema>;
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
  const found = Object.entries(settings.sources).find(([, { id }]) => id === sourceId);
  if (!found) return undefined;
  const [name, { id: ownId, bot: botName, policies: ordered, reopen, ...source }] = found;
  const bot = settings.bots[botName];
  if (!bot) return undefined;
  return {
    ...source,
    name,
    sourceId: ownId,
    botUser: settings.botUser,
    automaticIdentityIds: settings.automaticIdentityIds,
    bot: { name: botName, runs: bot.runs, timeout: bot.timeout, budget: bot.budget },
    policies: [...ordered, reopen],
    linger: Math.max(source.threadInclusionDelay, rememberFor),
    // A post reads the thread, may read its contents, and posts.
    callTimeout: 3 * settings.engageTimeout + 1_000,
    confirm: { wait: 5_000, looks: 2, sends: 3 },
  };
}
