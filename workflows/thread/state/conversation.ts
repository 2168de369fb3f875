/** What was said, what waits for an answer, and the turn at hand. */
import type { BotMemory, RecordEntry } from '../../../bots/bot.js';
import type { CustomerProfile } from './customer-profile.js';
import type { About } from './outbox-item.js';
import type { Turn, WaitingContent } from './turn.js';

export type Conversation = {
  readonly lastCustomerContent: About | undefined;
  /** Customer contents no turn has answered yet, oldest first. */
  readonly waiting: readonly WaitingContent[];
  /** `agent`: what the customer said since the human last spoke, oldest first. */
  readonly unanswered: readonly WaitingContent[];
  readonly turn: Turn | undefined;
  /** How often the turn at hand was begun anew by a newer content. */
  readonly superseded: number;
  /** Deadline of the bot’s request for more input, and how many such requests this turn has made. */
  readonly waitUntil: number | undefined;
  readonly waits: number;
  readonly failedTurns: number;
  readonly memory: BotMemory;
  readonly record: readonly RecordEntry[];
  /** When a customer, and when a human for the brand, last spoke. */
  readonly lastContentAt: number;
  readonly agentSpokeAt: number;
  /** The identity that last wrote as the customer. */
  readonly customerId: string | undefined;
  /** What the bot knows of the customer. */
  readonly profile: CustomerProfile | undefined;
};

export function newConversation(now: number): Conversation {
  return {
    lastCustomerContent: undefined,
    waiting: [],
    unanswered: [],
    turn: undefined,
    superseded: 0,
    waitUntil: undefined,
    waits: 0,
    failedTurns: 0,
    memory: {},
    record: [],
    agentSpokeAt: 0,
    customerId: undefined,
    profile: undefined,
    lastContentAt: now,
  };
}

/** The only way in which this part of the state changes. */
export function withConversation<S extends { readonly conversation: Conversation }>(
  state: S,
  change: Partial<Conversation>,
): S {
  return { ...state, conversation: { ...state.conversation, ...change } };
}
