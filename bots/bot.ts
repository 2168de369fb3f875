/**
 * The bot port: what a bot is asked and what it may answer. Both are plain data, so that a turn can be
 * recorded, replayed and repeated. Adapters are in `adapters/`, one a file; `contract.ts` has the same
 * shapes as JSON Schema, and `docs/bots.md` documents them for authors of bots.
 *
 * A turn carries its id as an idempotency key, which is the same in every attempt.
 */
import type { StructuredMessage } from './messages/structured.js';

/** Increases with an incompatible change; new optional fields are compatible. */
export const contractVersion = 1;

export type BotTurn = {
  readonly version: typeof contractVersion;
  readonly id: string;
  /** The customer's contents since the last turn, oldest first; never empty. */
  readonly burst: readonly BotContent[];
  /** The last contents of all authors, oldest first, agents' included. */
  readonly record: readonly RecordEntry[];
  /** The agents' entries of the record since the bot's last reply. */
  readonly humansSaid: readonly RecordEntry[];
  readonly memory: BotMemory;
  /** The customer profile of this conversation, by key. */
  readonly profile: Readonly<Record<string, string>>;
  /** The customer's language where the platform knows it: `fr`, `pt-BR`. */
  readonly locale?: string;
  /** The channel's capabilities besides text. */
  readonly channel: Channel;
  /** Unix milliseconds; later answers are dropped. */
  readonly deadline: number;
  /** Tool calls of this turn so far, in order, with their results. */
  readonly called: readonly CalledTool[];
  readonly sourceName: string;
  /** Sequence number of the conversation on this thread, from 1. */
  readonly episode: number;
  /** Last known queue position of the customer in this conversation. */
  readonly queue?: QueuePosition;
};

/** A channel's capabilities for replies; `kind` selects its limits in `bots/messages/channels.ts`. */
export type Channel = { readonly kind: string; readonly structured: readonly string[] };

/** An action outside the conversation that the bot needs before its answer. `id` is unique in its turn. */
export type ToolCall = { readonly id: string; readonly tool: string; readonly input: Json };
export type CalledTool = ToolCall & ({ readonly result: Json } | { readonly failed: string });

/** 1 is the next to be served. */
export type QueuePosition = {
  readonly position: number;
  /** Remaining waiting time; absent when unknown. */
  readonly waitMs?: number;
  /** Estimated by Baton, not reported by the platform. */
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

/** One content of the conversation so far, cut to 2,000 characters. */
export type RecordEntry = {
  readonly contentId: string;
  readonly by: Speaker;
  readonly body: string;
  /** Time by the platform's clock, Unix milliseconds. */
  readonly issuedAt: number;
};

export type Speaker = 'customer' | 'bot' | 'agent' | 'automatic';

/** The bot's memory: small JSON, returned to it with the next turn. */
export type BotMemory = { readonly [key: string]: Json };
export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type BotAnswer = {
  /** Sent in this order, each once. May be empty. */
  readonly replies: readonly BotReply[];
  /** The bot considers the matter solved: the conversation closes after the replies. */
  readonly isSolved?: boolean;
  /** An agent should take over; the replies, if any, are the farewell. */
  readonly handOver?: {
    readonly because: 'customerAsked' | 'botGaveUp';
    /** For the agent, in the bot's own words: part of the handover note. */
    readonly reason?: string;
    /** Custom fields of the intervention, by key. */
    readonly fields?: Readonly<Record<string, string>>;
  };
  /**
   * What the bot has found out about the customer, by key: `{ plan: 'gold' }`. Stored in the customer's
   * record if the account has a custom field of that key; otherwise passed to the agent at a handover.
   */
  readonly customerProfile?: Readonly<Record<string, string>>;
  /** Replaces the memory; absent: unchanged. */
  readonly remember?: BotMemory;
  /**
   * Call these tools, in this order, and ask again with the results. All other fields but `remember` are
   * ignored.
   */
  readonly calls?: readonly ToolCall[];
  /**
   * Waits for more input: ask again when the customer has written more, or after this time in
   * milliseconds. Ignored with replies, and after a few consecutive waits.
   */
  readonly wait?: { readonly forMs: number };
};

/**
 * Text, optionally with a structured message; where the channel cannot show it, it is converted to text.
 * `body` may be empty if `structured` has its own text. Builders: `bots/messages/builders.ts`.
 */
export type BotReply = {
  readonly body: string;
  readonly structured?: StructuredMessage;
  /** Ids of attachments uploaded before. */
  readonly attachmentIds?: readonly string[];
  /** Sent below `body` where the channel cannot show `structured`; by default its titles are. */
  readonly fallback?: string;
};

/** Passed to a bot together with the turn. */
export type Asking = {
  /** Aborted when the answer is no longer needed. */
  readonly signal: AbortSignal;
  /** URL for a late answer; absent: late answers are not possible. */
  readonly callbackUrl?: string;
  /** Constant for a conversation, different for the next; reveals nothing about the thread. */
  readonly conversationId: string;
  /** `traceparent` of W3C Trace Context; absent: no tracing. */
  readonly traceparent?: string;
  /** Whether another bot may answer here in its place, or an emergency has silenced that bot. */
  readonly mayTalk?: (botName: string) => Promise<boolean>;
};

export type Bot = {
  readonly runs: 'inProcess' | 'remote';
  /** Runs before the worker takes any work. @throws naming the wrong setting; the worker does not start. */
  start?(): Promise<void>;
  /** `later`: the answer will come to the callback URL. @throws on failure; the turn is tried again. */
  answer(turn: BotTurn, asking: Asking): Promise<BotAnswer | 'later'>;
  /** Executes a tool call of this bot's answer. @throws on failure; the call is tried again. */
  call?(call: ToolCall, asking: ToolAsking): Promise<Json>;
};

export type ToolAsking = {
  readonly signal: AbortSignal;
  /** The same in every attempt of the same call. */
  readonly idempotencyKey: string;
};
