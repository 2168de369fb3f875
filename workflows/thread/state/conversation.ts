/** The conversation: contents so far, contents that wait for an answer, and the present turn. */
import type { BotMemory, RecordEntry } from '../../../bots/bot.js';
import type { CustomerProfile } from './customer-profile.js';
import type { About } from './outbox-item.js';
import type { Turn, WaitingContent } from './turn.js';

/** An entry of the record, with the customer whom it concerns, if that is one of them, and its privacy. */
export type StoredEntry = RecordEntry & {
  readonly customerId?: string;
  readonly isPrivate?: boolean;
};

/** What the bot keeps about one customer. */
export type AboutCustomer = {
  readonly memory: BotMemory;
  readonly profile: CustomerProfile | undefined;
};

export type Conversation = {
  readonly lastCustomerContent: About | undefined;
  /** Customer contents that are not part of a turn yet, oldest first. */
  readonly waiting: readonly WaitingContent[];
  /**
   * Customer contents that nobody has answered, in every phase, oldest first. `transitions/unanswered.ts`
   * lists what removes them.
   */
  readonly unanswered: readonly WaitingContent[];
  readonly turn: Turn | undefined;
  /** Contents of the last turn that has ended, for an operator who lets the bot answer them again. */
  readonly lastTurn?: readonly WaitingContent[] | undefined;
  /** How often a newer content has restarted the present turn. */
  readonly superseded: number;
  /** Deadline of the bot's request for more input, and how many such requests this turn has made. */
  readonly waitUntil: number | undefined;
  readonly waits: number;
  /**
   * The bot is asked again, because its reply was late: how often for the present turn, and since when the
   * customer has waited.
   */
  readonly askedAnew?: { readonly waitingSince: number; readonly times: number } | undefined;
  readonly failedTurns: number;
  /** When the last turns began, oldest first. */
  readonly recentTurns: readonly number[];
  /** An operator has let the bot answer again: the guard against machines ignores what came before. */
  readonly guardSinceIssuedAt?: number;
  readonly memory: BotMemory;
  readonly record: readonly StoredEntry[];
  /** Times of the last content of a customer, and of the last content of a human for the brand. */
  readonly lastContentAt: number;
  readonly agentSpokeAt: number;
  /** The customer of the present or last turn, to whom `memory` and `profile` belong. */
  readonly turnCustomerId?: string | undefined;
  /** Memory and profile of the thread's other customers, by identity; the last ones asked. */
  readonly otherCustomers?: Readonly<Record<string, AboutCustomer>>;
  /** The identity that wrote the last customer content. */
  readonly customerId: string | undefined;
  /** The customer profile. */
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
    recentTurns: [],
    memory: {},
    record: [],
    agentSpokeAt: 0,
    customerId: undefined,
    profile: undefined,
    lastContentAt: now,
  };
}

/** The only function that changes this slice. */
export function withConversation<S extends { readonly conversation: Conversation }>(
  state: S,
  change: Partial<Conversation>,
): S {
  return { ...state, conversation: { ...state.conversation, ...change } };
}
