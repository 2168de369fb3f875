/**
 * The bot port: what a bot is asked and what it may answer. Pure data both ways, so that a turn can
 * be recorded, replayed and asked again. Adapters live beside this file, one a file.
 *
 * A turn carries its id as an idempotency key: however often a worker dies, the same turn has the
 * same id.
 */
export type BotTurn = {
  readonly id: string;
  /** What the customer said since the last turn, oldest first; never empty. */
  readonly burst: readonly BotContent[];
  /** The last contents of everybody, oldest first, humans' words included. */
  readonly record: readonly RecordEntry[];
  readonly memory: BotMemory;
  readonly sourceName: string;
  /** Counts conversations on this thread, from 1. */
  readonly episode: number;
  /** Where the customer stood when they last waited for a human in this conversation. */
  readonly queue?: PlaceInQueue;
};

/** 1 is the next to be taken. */
export type PlaceInQueue = {
  readonly position: number;
  /** How much longer; absent when nobody can say. */
  readonly waitMs?: number;
  /** Reckoned by Baton, not said by the platform. */
  readonly isEstimate: boolean;
  /** Unix milliseconds. */
  readonly at: number;
};

export type BotContent = {
  readonly id: string;
  readonly body: string;
  readonly payload?: string;
  readonly hasAttachment: boolean;
  readonly language?: string;
};

/** One content of the conversation so far, clipped to 2,000 characters. */
export type RecordEntry = {
  readonly contentId: string;
  readonly by: Speaker;
  readonly body: string;
  /** The platform's clock, Unix milliseconds. */
  readonly issuedAt: number;
};

export type Speaker = 'customer' | 'bot' | 'agent' | 'automatic';

/** What the bot asked to remember: small JSON, handed back with the next turn. */
export type BotMemory = { readonly [key: string]: Json };
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type BotAnswer = {
  /** Sent in this order, each once. May be empty: the bot then says nothing. */
  readonly replies: readonly { readonly body: string }[];
  /** The bot considers the matter settled: the conversation closes after the replies. */
  readonly isSolved?: boolean;
  /** A human should take over; the replies, if any, are the farewell. */
  readonly handOver?: {
    readonly because: 'customerAsked' | 'botGaveUp';
    /** Custom fields of the intervention, by key. */
    readonly fields?: Readonly<Record<string, string>>;
  };
  /**
   * What the bot now knows of the customer, by key: `{ plan: 'gold' }`. Goes to the customer's record
   * where the account has a custom field of that key, else to whom the conversation is handed over.
   */
  readonly learnt?: Readonly<Record<string, string>>;
  /** Replaces the memory; absent keeps it. */
  readonly remember?: BotMemory;
};

export type Bot = {
  readonly runs: 'inProcess' | 'remote';
  /** @throws {BotError} when no answer can be had; Temporal decides whether to ask again. */
  answer(turn: BotTurn, signal: AbortSignal): Promise<BotAnswer>;
};
