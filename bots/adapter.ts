/**
 * The adapter port: the settings of a kind of bot in `baton.config.ts`, and how a bot is created from
 * them. One adapter a file in `adapters/`, listed in `adapters/index.ts` under its configuration key:
 * `bots: { parcels: { http: { url: … } } }`.
 */
import type { z } from 'zod';
import type { Bot } from './bot.js';

export type Adapter<Schema extends z.ZodType = z.ZodType> = {
  /** Schema of the settings under the adapter's key, with all defaults. */
  readonly settings: Schema;
  /** `inProcess` only for bots that answer from memory within milliseconds. */
  readonly runs: (settings: z.output<Schema>) => Bot['runs'];
  /** Default timeout of one attempt, in milliseconds; a turn's budget is twice that. */
  readonly timeout: (settings: z.output<Schema>) => number;
  /** Environment variables it requires: a worker without them does not start. */
  readonly secrets?: (settings: z.output<Schema>) => readonly string[];
  readonly create: (settings: z.output<Schema>, context: BotContext) => Bot;
};

export type BotContext = {
  /** The bot's name in `baton.config.ts`. */
  readonly name: string;
  /**
   * @throws when it is not set; the adapter's `secrets` lists it, so that a missing one is found at start.
   */
  readonly secret: (variable: string) => string;
  /**
   * Reads from the platform with the bot's token: a path under `/1.0`, without side effects. Absent
   * without a platform. @throws with `status` if the platform has answered
   */
  readonly engageGet?: (
    path: string,
    query: readonly (readonly [string, string])[],
  ) => Promise<unknown>;
  /** The agents' category of this source. */
  readonly agentCategoryOf?: (sourceName: string) => string | undefined;
  /** Writes to the log: ids, counts and codes, never customers' text. */
  readonly warn?: (fields: Readonly<Record<string, string | number>>, message: string) => void;
};

/** What a worker passes to every bot, besides its name and its secrets. */
export type GivenToBots = Omit<BotContext, 'name' | 'secret'>;

/** Infers the schema, so that an adapter's functions know their settings. */
export function defineAdapter<Schema extends z.ZodType>(adapter: Adapter<Schema>): Adapter<Schema> {
  return adapter;
}
