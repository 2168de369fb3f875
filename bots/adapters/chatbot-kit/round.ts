/**
 * Records what a kit bot does in one turn, instead of doing it: its messages become the answer's replies,
 * its category changes the answer's handover or solution. Calls after the end of the turn have no effect.
 */
import type { BotAnswer, BotReply } from '../../bot.js';
import { fitted } from './fitted.js';

export type RoundAbout = {
  /** Ids of the thread's contents, from the turn and its record. A reply to any other content is refused. */
  readonly contentIds: readonly string[];
  /** The agents' category of this source, if known. */
  readonly agentCategoryId: string | undefined;
};

export class Round {
  /** Contents that the bot may reply to, including its own replies of this turn. */
  readonly contentIds: Set<string>;
  /** Interventions that the bot has opened, as far as it knows. */
  readonly opened = new Set<string>();
  /** Known once a content of the thread has been read. */
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

  /**
   * @returns a temporary id of the reply for the bot's further calls; the platform's id does not exist yet
   */
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

  addAgentNote(words: string): void {
    this.#forAgents.push(words);
  }

  setField(key: string, value: string): void {
    this.#fields.set(key, value);
  }

  /** From now on nothing is recorded. */
  end(): void {
    this.#isOver = true;
  }

  /** Messages for agents, without a handover to agents. */
  get lostForAgents(): number {
    return this.#handsOver ? 0 : this.#forAgents.length + this.#fields.size;
  }

  /** A handover takes precedence over closing, because the agents then close the thread. */
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
