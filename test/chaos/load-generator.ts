/** Customers who all write at once, and wait for their replies. */
import type { ExpectedTurn } from '../harness/outcome/count.js';
import { replies } from './config.js';
import type { Stack } from './stack.js';

export type Turn = ExpectedTurn & {
  /** Id of the event that announces the content. */
  readonly event: string;
  /** Resolves with the time of the reply by this process's clock, or with nothing when it did not come in time. */
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
    return new Set(this.turns.map(({ threadId }) => threadId));
  }

  /** Every customer writes this, at once. @param timeout for each reply, in milliseconds */
  async says(what: Said, timeout: number): Promise<readonly Turn[]> {
    const { platform } = this.#stack;
    const turns = await Promise.all(
      this.#names.map(async (identity): Promise<Turn> => {
        const content = { source: 'chat', identity, body: bodies[what] };
        const sent = await platform.control.customer(content);
        const { thread_id: threadId, content_id: contentId, event_id: event } = sent;
        const answered = platform
          .untilReplies(contentId, 1, timeout)
          .then((isAnswered) => (isAnswered ? performance.now() : undefined));
        return { threadId, contentId, event, replies: 1, body: replies[what], answered };
      }),
    );
    this.turns.push(...turns);
    return turns;
  }

  /** Every customer writes this and has the reply. @throws when one has not */
  async isAnswered(what: Said): Promise<void> {
    const turns = await this.says(what, 180_000);
    const times = await Promise.all(turns.map(({ answered }) => answered));
    const silent = times.filter((time) => time === undefined).length;
    if (silent > 0) throw new Error(`${silent} were not answered while nothing was broken`);
  }
}
