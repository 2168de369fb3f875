/** Customers who all write at once, and wait for their replies. */
import { once } from 'node:events';
import { replies } from './config.js';
import type { Stack } from './stack.js';

export type Turn = {
  readonly thread: string;
  readonly content: string;
  /** By which the platform tells of it. */
  readonly event: string;
  /** The reply it must have. */
  readonly wants: string;
  /** Resolves with when it came, by this process's clock, or with nothing when it did not in time. */
  readonly answered: Promise<number | undefined>;
};

export type Said = keyof typeof replies;

const bodies: Readonly<Record<Said, string>> = {
  parcel: 'where is my parcel?',
  human: 'a human please',
};

export class LoadGenerator {
  readonly #stack: Stack;
  readonly #names: readonly string[];
  readonly turns: Turn[] = [];

  constructor(stack: Stack, name: string, size: number) {
    this.#stack = stack;
    this.#names = Array.from({ length: size }, (_, at) => `${name}-${at}`);
  }

  get threads(): ReadonlySet<string> {
    return new Set(this.turns.map(({ thread }) => thread));
  }

  /** Everybody says this, at once. */
  async says(what: Said, timeout: number): Promise<readonly Turn[]> {
    const { control, replies: heard } = this.#stack;
    const turns = await Promise.all(
      this.#names.map(async (identity): Promise<Turn> => {
        const cast = { source: 'chat', identity, body: bodies[what] };
        const told = await control.customer(cast);
        const { thread_id: thread, content_id: content, event_id: event } = told;
        const reply = once(heard, content, { signal: AbortSignal.timeout(timeout) });
        const answered = reply.then(
          () => performance.now(),
          () => undefined,
        );
        return { thread, content, event, wants: replies[what], answered };
      }),
    );
    this.turns.push(...turns);
    return turns;
  }

  /** Everybody says this and has the reply. @throws when somebody has not */
  async isAnswered(what: Said): Promise<void> {
    const turns = await this.says(what, 180_000);
    const times = await Promise.all(turns.map(({ answered }) => answered));
    const silent = times.filter((time) => time === undefined).length;
    if (silent > 0) throw new Error(`${silent} were not answered while nothing was broken`);
  }
}
