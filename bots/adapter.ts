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
  /** Kinds and counts; never what anybody said. */
  readonly log?: (event: string, counts: Readonly<Record<string, string | number>>) => void;
};

/** Infers the schema, so that an adapter's functions know their settings. */
export function defineAdapter<Schema extends z.ZodType>(adapter: Adapter<Schema>): Adapter<Schema> {
  return adapter;
}
