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
  /** Of a reply of the bot: the content that it answers. */
  readonly to?: string;
  /** Of an agent's reply: no customer sees it before it is approved. */
  isDraft?: boolean;
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
  /** Probability that the answer to a post is lost; half of those posts have arrived. */
  readonly #lostAnswers: number;
  #posts = 0;

  constructor(random: Random, failures: number, lostAnswers = 0) {
    this.#random = random;
    this.failures = failures;
    this.#lostAnswers = lostAnswers;
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
        return this.#find(work.input);
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
      const approval = human.isDraft ? ({ waitsForApproval: true } as const) : {};
      return { is: 'humanSpoke', contentId: human.id, createdAt: secondOf(human.at), ...approval };
    }
    if (this.#fails()) return { is: 'notSent', code: 'Engage.PlatformFailed', retryAfter: 2_000 };
    if (input.isLate) return { is: 'late' };
    const isLost = this.#random.chance(this.failures > 0 ? this.#lostAnswers : 0);
    const ambiguous = { is: 'ambiguous', code: 'Engage.AnswerLost' } as const;
    if (isLost && this.#random.chance(0.5)) return ambiguous;
    this.#posts += 1;
    const looked = this.said.map(({ id }) => id).reverse();
    const contentId = `content-ours-${this.#posts}`;
    this.said.push({ id: contentId, by: 'bot', body: input.body, at: now, to: input.inReplyToId });
    if (isLost) return ambiguous;
    return {
      ...{ is: 'posted', contentId, createdAt: now, contentsBefore: count },
      ...(input.expectedContents !== count && { looked }),
    };
  }

  #find({
    inReplyToId,
    body,
  }: Pick<PostReplyInput, 'inReplyToId' | 'body'>): WorkOutcomes['findReply'] {
    const found = this.said.find((one) => one.to === inReplyToId && one.body === body);
    return found ? { is: 'found', contentId: found.id, createdAt: found.at } : { is: 'notFound' };
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
