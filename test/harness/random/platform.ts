/**
 * The platform of a random conversation: contents, categories, an intervention and a lock, and the outcomes
 * of Baton's activities on them. Answers as Engage does, and fails as often as it is told.
 */
import type { BotAnswer } from '../../../bots/bot.js';
import type {
  Failure,
  PostReplyInput,
  Work,
  WorkOutcomes,
} from '../../../workflows/contract/work.js';
import type { Random } from './random.js';

export type Said = {
  readonly id: string;
  readonly by: 'customer' | 'bot' | 'agent';
  readonly body: string;
  readonly at: number;
};

type Outcome<D extends Work['do']> = WorkOutcomes[D] | Failure;

const bot = 'category-bot';

export class RandomPlatform {
  readonly #random: Random;
  readonly said: Said[] = [];
  categoryIds: readonly string[] = [bot];
  isLocked = false;
  intervention: { isOpen: boolean; owner: string } | undefined;
  /** Probability that a call fails. */
  failures: number;
  /** The account is refused, or the platform is down: every call fails. */
  isDown = false;
  #posts = 0;

  constructor(random: Random, failures: number) {
    this.#random = random;
    this.failures = failures;
  }

  #fails(): boolean {
    return this.isDown || this.#random.chance(this.failures);
  }

  outcomeOf(work: Work, now: number): Outcome<Work['do']> {
    switch (work.do) {
      case 'askBot':
        return this.#random.chance(this.failures) ? this.#noAnswer() : this.#answer();
      case 'postReply':
        return this.#post(work.input, now);
      case 'findReply':
        return { is: 'notFound' };
      case 'recategorise':
        return this.#recategorise(work.input);
      case 'readThread':
        return this.#fails()
          ? { failed: 'Engage.PlatformFailed' }
          : { categoryIds: [...this.categoryIds], isLocked: this.isLocked };
      case 'leaveNote':
      case 'setFields':
        return { is: 'done' };
      case 'lockThread':
        if (this.#fails()) return { failed: 'Engage.PlatformFailed' };
        this.isLocked = true;
        return { is: 'done' };
      case 'openIntervention':
        return this.#open();
      case 'closeIntervention':
        if (this.intervention) this.intervention.isOpen = false;
        return { is: 'closed' };
      default:
        throw new Error(`a random conversation has no ${work.do}`);
    }
  }

  /** The bot fails, or the worker does not know it. */
  #noAnswer(): Failure {
    return { failed: this.#random.chance(0.3) ? 'UnknownBot' : 'Timeout' };
  }

  #answer(): BotAnswer {
    const kind = this.#random.next();
    if (kind < 0.15) return { replies: [], handOver: { because: 'botGaveUp' } };
    const replies = [{ body: `ANSWER ${this.said.length}` }];
    return kind > 0.9 ? { replies, isSolved: true } : { replies };
  }

  #post(input: PostReplyInput, now: number): WorkOutcomes['postReply'] {
    if (this.isLocked) return { is: 'threadLocked' };
    if (input.botCategoryId !== undefined && !this.categoryIds.includes(input.botCategoryId)) {
      return { is: 'notOurs', categoryIds: [...this.categoryIds] };
    }
    const human = this.said.find(
      ({ by, id, at }) =>
        by === 'agent' && !input.seenContentIds.includes(id) && secondOf(at) > input.lookSince,
    );
    const count = this.said.length;
    if (human && input.expectedContents !== count) {
      return { is: 'humanSpoke', contentId: human.id, createdAt: secondOf(human.at) };
    }
    if (this.#fails()) return { is: 'notSent', code: 'Engage.PlatformFailed', retryAfter: 2_000 };
    if (input.isLate) return { is: 'late' };
    this.#posts += 1;
    const looked = this.said.map(({ id }) => id).reverse();
    const contentId = `content-ours-${this.#posts}`;
    this.said.push({ id: contentId, by: 'bot', body: input.body, at: now });
    return {
      ...{ is: 'posted', contentId, createdAt: now, contentsBefore: count },
      ...(input.expectedContents !== count && { looked }),
    };
  }

  #recategorise(input: Extract<Work, { do: 'recategorise' }>['input']): Outcome<'recategorise'> {
    if (this.#fails()) return { failed: 'Engage.PlatformFailed' };
    const kept = this.categoryIds.filter((id) => !input.out.includes(id) && id !== input.in);
    this.categoryIds = [...kept, input.in];
    return { categoryIds: [...this.categoryIds] };
  }

  #open(): Outcome<'openIntervention'> {
    const interventionId = 'intervention-i';
    if (this.intervention?.isOpen) {
      return { is: 'alreadyOpen', interventionId, ownerId: this.intervention.owner };
    }
    this.intervention = { isOpen: true, owner: 'user-bot' };
    return { is: 'opened', interventionId };
  }
}

/** The platform rounds times down to the second. */
function secondOf(time: number): number {
  return Math.floor(time / 1_000) * 1_000;
}
