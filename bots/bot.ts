/**
 * The bot port: what a bot is asked and what it may answer. Pure data both ways, so that a turn can
 * be recorded, replayed and asked again. Adapters live in `adapters/`, one a file; the same shapes as
 * JSON Schema are `contract.ts`. `docs/bots.md` tells it to authors of bots.
 *
 * A turn carries its id as an idempotency key: however often a worker dies, the same question has the
 * same id.
 */
import type { StructuredMessage } from './messages/structured.js';

/** Rises when a bot that was right would become wrong; new optional fields do not. */
export const contractVersion = 1;

export type BotTurn = {
  readonly version: typeof contractVersion;
  readonly id: string;
  /** What the customer said since the last turn, oldest first; never empty. */
  readonly burst: readonly BotContent[];
  /** The last contents of everybody, oldest first, humans' words included. */
  readonly record: readonly RecordEntry[];
  /** Of the record: what humans said for the brand since the bot last spoke. */
  readonly humansSaid: readonly RecordEntry[];
  readonly memory: BotMemory;
  /** What bots have learnt of the customer in this conversation, by key. */
  readonly profile: Readonly<Record<string, string>>;
  /** The customer's language where the platform knows it: `fr`, `pt-BR`. */
  readonly locale?: string;
  /** What may be said here besides text. */
  readonly channel: Channel;
  /** Unix milliseconds; an answer that comes later is dropped. */
  readonly deadline: number;
  /** Tools called for this turn so far, in order, with what came of it. */
  readonly called: readonly CalledTool[];
  readonly sourceName: string;
  /** Counts conversations on this thread, from 1. */
  readonly episode: number;
  /** Where the customer stood when they last waited for a human in this conversation. */
  readonly queue?: PlaceInQueue;
};

/** A channel as far as replies are concerned; `kind` names its limits in `bots/messages/channels.ts`. */
export type Channel = { readonly kind: string; readonly structured: readonly string[] };

/** Something done outside the conversation before the bot can answer. `id` is unique in its turn. */
export type ToolCall = { readonly id: string; readonly tool: string; readonly input: Json };
export type CalledTool = ToolCall & ({ readonly result: Json } | { readonly failed: string });

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
  readonly replies: readonly BotReply[];
  /** The bot considers the matter settled: the conversation closes after the replies. */
  readonly isSolved?: boolean;
  /** A human should take over; the replies, if any, are the farewell. */
  readonly handOver?: {
    readonly because: 'customerAsked' | 'botGaveUp';
    /** For the human, in the bot's own words: goes into the handover's note. */
    readonly reason?: string;
    /** Custom fields of the intervention, by key. */
    readonly fields?: Readonly<Record<string, string>>;
  };
  /**
   * What the bot now knows of the customer, by key: `{ plan: 'gold' }`. Goes to the customer's record
   * where the account has a custom field of that key, else to whom the conversation is handed over.
   */
  readonly customerProfile?: Readonly<Record<string, string>>;
  /** Replaces the memory; absent keeps it. */
  readonly remember?: BotMemory;
  /**
   * Call these, in this order, and ask again with what came of it. Nothing else of the answer counts
   * but `remember`.
   */
  readonly calls?: readonly ToolCall[];
  /**
   * Nothing to say yet: ask again when the customer has written more, and without it after this long, in
   * milliseconds. Counts only without replies, and a few times in a row.
   */
  readonly wait?: { readonly forMs: number };
};

/**
 * Text, or text with what the channel shows around it; what it cannot show is told as text. `body` may
 * be empty where `structured` brings its own text. Builders: `bots/messages/builders.ts`.
 */
export type BotReply = {
  readonly body: string;
  readonly structured?: StructuredMessage;
  /** Uploaded on the platform before. */
  readonly attachmentIds?: readonly string[];
  /** Said under `body` where the channel shows nothing like `structured`; otherwise its titles are. */
  readonly fallback?: string;
};

/** What a remote bot is given besides the turn. */
export type Asking = {
  /** Aborted when nobody wants the answer any more. */
  readonly signal: AbortSignal;
  /** Where an answer may be sent that cannot be given at once; absent: at once or never. */
  readonly callbackUrl?: string;
  /** The same for every turn of a conversation, another for the next; tells nothing of the thread. */
  readonly conversationId: string;
  /** Of whoever asks, as W3C's Trace Context says; absent: nobody traces. */
  readonly traceparent?: string;
  /** Whether another bot may talk here in its place, or an emergency has silenced that one. */
  readonly mayTalk?: (botName: string) => Promise<boolean>;
};

export type Bot = {
  readonly runs: 'inProcess' | 'remote';
  /** Before the worker takes any work. @throws what is wrong, by its setting; the worker does not start. */
  start?(): Promise<void>;
  /** `later`: it will come to the callback URL. @throws when no answer can be had; it is asked again. */
  answer(turn: BotTurn, asking: Asking): Promise<BotAnswer | 'later'>;
  /** Does what an answer of this bot's called for. @throws when it cannot be done; it is tried again. */
  call?(call: ToolCall, asking: ToolAsking): Promise<Json>;
};

export type ToolAsking = {
  readonly signal: AbortSignal;
  /** The same however often the same call is made. */
  readonly idempotencyKey: string;
};
