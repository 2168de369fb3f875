/**
 * Customers who write to the bot, each a conversation of their own, and wait for the answer before they
 * write again. What each said, and what it should have brought, is kept for the judge.
 */
import type { ClusterPlatform } from './platform.js';

/** One content of a customer. */
export type Turn = {
  readonly threadId: string;
  readonly contentId: string;
  /** A first one is greeted and answered, any other answered. */
  readonly replies: number;
};

/** A customer does not wait longer than this for an answer. */
const timeout = 150_000;

export class Customer {
  readonly #platform: ClusterPlatform;
  readonly #identity: string;
  readonly turns: Turn[] = [];
  hasAskedForAHuman = false;

  constructor(platform: ClusterPlatform, identity: string) {
    this.#platform = platform;
    this.#identity = identity;
  }

  /** The one conversation; empty before the first word. */
  get threadId(): string {
    return this.turns[0]?.threadId ?? '';
  }

  async writes(body: string): Promise<Turn> {
    const said = { source: 'chat', identity: this.#identity, body };
    const { thread_id, content_id } = await this.#platform.control.customer(said);
    const replies = this.turns.length === 0 ? 2 : 1;
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

  /** The bot has helped; its goodbye ends the conversation. */
  async thanks(within = timeout): Promise<boolean> {
    return this.#untilAnswered(await this.writes('thanks'), within);
  }

  /** Asks, and asks again a little after each answer, until it is over. @returns whether all were answered */
  async keepsAsking(over: AbortSignal, pause: () => number): Promise<boolean> {
    while (!over.aborted) {
      if (!(await this.asks())) return false;
      await new Promise((resolve) => setTimeout(resolve, pause()));
    }
    return true;
  }

  /** However late. @returns whether all were */
  async untilAllAnswered(within = timeout): Promise<boolean> {
    const answered = await Promise.all(this.turns.map((turn) => this.#untilAnswered(turn, within)));
    return answered.every(Boolean);
  }

  #untilAnswered({ contentId, replies }: Turn, within: number): Promise<boolean> {
    return this.#platform.untilReplies(contentId, replies, within);
  }
}

export type CustomerLoad = {
  readonly customers: readonly Customer[];
  /** Turns that are over. */
  readonly done: number;
};

export type LoadOptions = {
  readonly turns: number;
  /** How many talk at the same time. */
  readonly atATime: number;
  /** The last of so many turns asks for a human. */
  readonly turnsEach: number;
  /** What customers are called by. */
  readonly names?: string;
  readonly waitLimit?: number;
  /** Told after each turn. */
  readonly onTurn?: (done: number) => void;
};

/** One customer after the other, so many at a time, until all turns are said. */
export async function generateLoad(
  platform: ClusterPlatform,
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
        // Whoever has no answer in time asks again; the judge sees what was never answered.
        await (isLast ? customer.asksForAHuman(within) : customer.asks(within));
        done += 1;
        onTurn?.(done);
      }
    }
  };
  await Promise.all(Array.from({ length: atATime }, lane));
  return { customers, done };
}
