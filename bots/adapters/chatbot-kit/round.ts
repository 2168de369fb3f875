/**
 * What a kit bot does in one turn, kept instead of done: its words become the answer's replies, its
 * moves the answer's handover or solution. Once the turn is over nothing of it counts any more.
 */
import type { BotAnswer, BotReply } from '../../bot.js';
import { fitted } from './fitted.js';

export type RoundAbout = {
  /** Of the thread: what the turn and its record know. A reply to anything else is somebody else's. */
  readonly contentIds: readonly string[];
  /** The agents' category on this source, where it is known. */
  readonly agentCategoryId: string | undefined;
};

export class Round {
  /** What a bot may reply to: what it said itself in this turn is among it. */
  readonly contentIds: Set<string>;
  /** Interventions the bot believes it has opened. */
  readonly opened = new Set<string>();
  /** Known as soon as a content of the thread was read. */
  threadId: string | undefined;
  readonly agentCategoryId: string | undefined;
  readonly #replies: BotReply[] = [];
  readonly #forAgents: string[] = [];
  readonly #fields = new Map<string, string>();
  #handsOver = false;
  #isSolved = false;
  #isOver = false;

  constructor({ contentIds, agentCategoryId }: RoundAbout) {
    this.contentIds = new Set(contentIds);
    this.agentCategoryId = agentCategoryId;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** @returns the id by which the bot may call its reply; the platform's own is not there yet */
  say(reply: BotReply): string {
    this.#replies.push(reply);
    const id = `reply-${this.#replies.length}-to-${[...this.contentIds][0] ?? ''}`;
    this.contentIds.add(id);
    return id;
  }

  handOver(): void {
    this.#handsOver = true;
  }

  solve(): void {
    this.#isSolved = true;
  }

  tellAgents(words: string): void {
    this.#forAgents.push(words);
  }

  setField(key: string, value: string): void {
    this.#fields.set(key, value);
  }

  /** Nothing is taken in from now on. */
  end(): void {
    this.#isOver = true;
  }

  /** Meant for agents to whom nothing is handed over. */
  get lostForAgents(): number {
    return this.#handsOver ? 0 : this.#forAgents.length + this.#fields.size;
  }

  /** Who hands over and closes has handed over: agents close what they have been given. */
  answer(): BotAnswer {
    const replies = fitted(this.#replies);
    if (!this.#handsOver) return { replies, ...(this.#isSolved && { isSolved: true }) };
    const reason = this.#forAgents.join('\n\n');
    const fields = Object.fromEntries(this.#fields);
    return {
      replies,
      handOver: {
        because: 'botGaveUp',
        ...(reason !== '' && { reason }),
        ...(this.#fields.size > 0 && { fields }),
      },
    };
  }
}
