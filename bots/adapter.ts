/**
 * The adapter port: how a kind of bot is written in `baton.config.ts`, and how one is made from it. One
 * adapter a file in `adapters/`, named in `adapters/index.ts` by the key under which it is configured:
 * `bots: { parcels: { http: { url: … } } }`.
 */
import type { z } from 'zod';
import type { Bot } from './bot.js';

export type Adapter<Schema extends z.ZodType = z.ZodType> = {
  /** What is written under the adapter's key, with every default in sight. */
  readonly settings: Schema;
  /** `inProcess` only for what answers from memory in milliseconds. */
  readonly runs: (settings: z.output<Schema>) => Bot['runs'];
  /** One try, in milliseconds, unless the business says otherwise; a turn's budget is twice that. */
  readonly timeout: (settings: z.output<Schema>) => number;
  /** Environment variables it cannot do without: a worker without them does not start. */
  readonly secrets?: (settings: z.output<Schema>) => readonly string[];
  readonly create: (settings: z.output<Schema>, context: BotContext) => Bot;
};

export type BotContext = {
  /** The bot's name in `baton.config.ts`. */
  readonly name: string;
  /** @throws when it is not set; `secrets` of the adapter names it, so that is known at start. */
  readonly secret: (variable: string) => string;
  /**
   * Reads on the platform with the bot's token: a path under `/1.0`, and nothing can be changed by it.
   * Absent where there is no platform. @throws with `status` where the platform has answered
   */
  readonly engageGet?: (
    path: string,
    query: readonly (readonly [string, string])[],
  ) => Promise<unknown>;
  /** The category by which agents are given a thread of this source. */
  readonly agentCategoryOf?: (sourceName: string) => string | undefined;
  /** Into the log: ids, counts and codes, never what people wrote. */
  readonly warn?: (fields: Readonly<Record<string, string | number>>, message: string) => void;
};

/** What every bot of a worker is given besides its name and its secrets. */
export type GivenToBots = Omit<BotContext, 'name' | 'secret'>;

/** Infers the schema, so that an adapter's functions know their settings. */
export function defineAdapter<Schema extends z.ZodType>(adapter: Adapter<Schema>): Adapter<Schema> {
  return adapter;
}
