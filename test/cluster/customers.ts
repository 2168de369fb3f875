/**
 * Customers with a conversation each, who write to the bot and wait for the answer before they write again.
 * They keep what they wrote and how many replies it must have, for the outcome of the run.
 */
import { setTimeout as pauseFor } from 'node:timers/promises';
import { script } from '../bench/business.js';
import type { Counts, ExpectedTurn } from '../harness/outcome/count.js';
import { readOutcome, type ReadOptions } from '../harness/outcome/outcome.js';
import type { Platform } from '../harness/platform.js';
import type { Production } from './production.js';

/** Milliseconds that a customer waits for an answer. */
const timeout = 150_000;

export type CustomerOptions = {
  /** Default: `chat`. */
  readonly source?: string;
  /** Whether the bot greets a new customer, as it does by default. */
  readonly isGreeted?: boolean;
};

export class Customer {
  readonly #platform: Platform;
  readonly #identity: string;
  readonly #source: string;
  readonly #isGreeted: boolean;
  readonly turns: ExpectedTurn[] = [];
  hasAskedForAHuman = false;

  constructor(
    platform: Platform,
    identity: string,
    { source = 'chat', isGreeted = true }: CustomerOptions = {},
  ) {
    this.#platform = platform;
    this.#identity = identity;
    this.#source = source;
    this.#isGreeted = isGreeted;
  }

  /** Empty before the first content. */
  get threadId(): string {
    return this.turns[0]?.threadId ?? '';
  }

  async writes(body: string): Promise<ExpectedTurn> {
    const said = { source: this.#source, identity: this.#identity, body };
    const { thread_id, content_id } = await this.#platform.control.customer(said);
    // A greeting comes beside the answer to the first content.
    const replies = this.turns.length === 0 && this.#isGreeted ? 2 : 1;
    const turn = { threadId: thread_id, contentId: content_id, replies };
    this.turns.push(turn);
    return turn;
  }

  /** @returns whether the answer came in time */
  async asks(within = timeout): Promise<boolean> {
    return this.#untilAnswered(await this.writes('my parcel?'), within);
  }

  async asksForAHuman(within = timeout): Promise<boolean> {
    this.hasAskedForAHuman = true;
    return this.#untilAnswered(await this.writes('a human, please'), within);
  }

  /** The goodbye of the bot ends the conversation. */
  async thanks(within = timeout): Promise<boolean> {
    return this.#untilAnswered(await this.writes('thanks'), within);
  }

  /** Asks again after each answer, until the signal is aborted. @returns whether all were answered */
  async keepsAsking(over: AbortSignal, pause: () => number): Promise<boolean> {
    while (!over.aborted) {
      if (!(await this.asks())) return false;
      await pauseFor(pause());
    }
    return true;
  }

  /** Late answers count. @returns whether all were answered */
  async untilAllAnswered(within = timeout): Promise<boolean> {
    const answered = await Promise.all(this.turns.map((turn) => this.#untilAnswered(turn, within)));
    return answered.every(Boolean);
  }

  #untilAnswered({ contentId, replies }: ExpectedTurn, within: number): Promise<boolean> {
    return this.#platform.untilReplies(contentId, replies, within);
  }
}

export type CustomerLoad = {
  readonly customers: readonly Customer[];
  /** Number of turns that are over. */
  readonly done: number;
};

export type LoadOptions = {
  readonly turns: number;
  /** Customers that talk at the same time. */
  readonly atATime: number;
  /** Turns of each customer; the last asks for a human. */
  readonly turnsEach: number;
  /** Prefix of the customers' identities. */
  readonly names?: string;
  /** Milliseconds that a customer waits for an answer. */
  readonly waitLimit?: number;
  /** Called after each turn. */
  readonly onTurn?: (done: number) => void;
};

/** Runs customers, `atATime` at the same time, until all turns are over. */
export async function generateLoad(
  platform: Platform,
  options: LoadOptions,
): Promise<CustomerLoad> {
  const { turns, atATime, turnsEach, onTurn, names = 'customer', waitLimit: within } = options;
  const customers: Customer[] = [];
  let done = 0;
  const lane = async () => {
    while (customers.length * turnsEach < turns) {
      const customer = new Customer(platform, `${names}-${customers.length}`);
      customers.push(customer);
      for (let turn = 1; turn <= turnsEach; turn += 1) {
        const isLast = turn === turnsEach;
        // A customer without an answer in time goes on; the outcome has what was never answered.
        await (isLast ? customer.asksForAHuman(within) : customer.asks(within));
        done += 1;
        onTurn?.(done);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return { customers, done };
}

/** Counts what came of the customers' conversations. */
export function outcomeOf(
  { platform: { account }, workflows }: Pick<Production, 'platform' | 'workflows'>,
  customers: readonly Customer[],
  options: ReadOptions = {},
): Promise<Counts> {
  const asked = customers.filter(({ hasAskedForAHuman }) => hasAskedForAHuman);
  const expected = {
    turns: customers.flatMap(({ turns }) => turns),
    handedOver: asked.map(({ threadId }) => threadId),
    farewell: script.farewell,
  };
  const threads = new Set(customers.map(({ threadId }) => threadId));
  return readOutcome({ account, workflows, threads }, expected, options);
}
