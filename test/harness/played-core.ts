/**
 * The pure core with people and a platform around it that does at once whatever it is asked: whole
 * conversations in a few lines. A negative control may spoil what the core knows, after each step.
 */
import type { BotAnswer, BotTurn } from '../../bots/bot.js';
import type { Command } from '../../workflows/thread/transitions/commands.js';
import type { Happening } from '../../workflows/thread/core.js';
import { deadlines } from '../../workflows/thread/planning/deadlines.js';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import type { ThreadState } from '../../workflows/thread/state/state.js';
import type {
  Availability,
  Failure,
  PostReplyInput,
  PostReplyOutcome,
  RecategoriseOutcome,
  Work,
  WorkOutcomes,
} from '../../workflows/contract/work.js';
import { asPosted, CoreRun, placedIn } from './core-run.js';
import { agentReplied, customerWrote, interventionEvent } from './facts.js';

export type Spoil = (after: ThreadState, before: ThreadState) => ThreadState;

export type Around = {
  readonly answer?: (turn: BotTurn) => BotAnswer | Failure;
  readonly recategorise?: () => RecategoriseOutcome | Failure;
  readonly availability?: Availability;
  /** Outcome of a post; undefined: the platform has it. */
  readonly post?: () => PostReplyOutcome | Failure | undefined;
  readonly spoil?: Spoil;
};

let facts = 0;

export class PlayedRun extends CoreRun {
  readonly #around: Around;
  /** What the bot was asked, in order. */
  readonly asked: BotTurn[] = [];

  constructor(settings: Partial<SourceSettings> = {}, around: Around = {}) {
    super(settings);
    this.#around = around;
  }

  get at(): number {
    return this.now - this.began;
  }

  override take(happening: Happening): this {
    const before = this.state;
    super.take(happening);
    this.state = this.#around.spoil?.(this.state, before) ?? this.state;
    return this;
  }

  /** All that is to be done is done, and well. */
  settle(): this {
    for (;;) {
      const { inFlight } = this.state.outbox;
      if (!inFlight) break;
      this.#perform(inFlight);
    }
    return this;
  }

  /** Time passes; what falls due on the way is done. */
  pass(time: number): this {
    const until = this.now + time;
    this.settle();
    while (this.now < until) {
      const next = deadlines(this.state).find(({ at }) => at > this.now);
      this.wait(Math.min(next?.at ?? until, until) - this.now).settle();
    }
    return this;
  }

  /** The customer writes and pauses. Answers with the content's id. */
  says(body = 'hello'): string {
    const id = this.writes(body);
    this.pass(1_000);
    return id;
  }

  /** … and does not pause. */
  writes(body = 'hello'): string {
    facts += 1;
    this.handleEvent(customerWrote({ id: `c${facts}`, at: this.at, body }));
    return `content-c${facts}`;
  }

  agentSays(body = 'Good morning.'): this {
    facts += 1;
    this.pass(1_000).handleEvent(agentReplied({ id: `a${facts}`, at: this.at, body }));
    return this.settle();
  }

  agentCloses(id = 'i'): this {
    this.pass(1_000);
    this.handleEvent(
      interventionEvent('intervention.closed', { id, at: this.at, userId: 'user-agent' }),
    );
    return this.settle();
  }

  commands(command: Command): this {
    return this.take({ type: 'command', command }).settle();
  }

  count(what: Work['do']): number {
    return this.works.filter((work) => work.do === what).length;
  }

  #post({ isLate }: PostReplyInput): PostReplyOutcome | Failure {
    return this.#around.post?.() ?? (isLate ? { is: 'late' } : asPosted(this));
  }

  #perform(work: Work): void {
    if (work.do === 'askBot') {
      this.asked.push(work.input.turn);
      const answer = this.#around.answer ?? (() => ({ replies: [{ body: 'ANSWER' }] }));
      this.end('askBot', answer(work.input.turn));
    } else if (work.do === 'postReply') this.end('postReply', this.#post(work.input));
    else if (work.do === 'recategorise') {
      this.end('recategorise', this.#around.recategorise?.() ?? { categoryIds: [] });
    } else if (work.do === 'checkAvailability') {
      this.end(
        'checkAvailability',
        this.#around.availability ?? { isOpen: true, agents: 'available' },
      );
    } else if (work.do === 'readThread') {
      this.end('readThread', { categoryIds: [placedIn(this)], isLocked: false });
    } else this.end(work.do, usual[work.do]);
  }
}

type Rest = Exclude<
  Work['do'],
  'askBot' | 'postReply' | 'recategorise' | 'checkAvailability' | 'readThread'
>;
const usual: { readonly [D in Rest]: WorkOutcomes[D] } = {
  callTool: { result: 'done' },
  readContents: { categoryIds: ['category-bot'], isLocked: false, events: [] },
  findReply: { is: 'notFound' },
  openIntervention: { is: 'opened', interventionId: 'i' },
  closeIntervention: { is: 'closed' },
  leaveNote: { is: 'done' },
  setFields: { is: 'done' },
  lockThread: { is: 'done' },
  findQueuePosition: { ahead: 2, waits: [600_000] },
  writeProfile: { written: [], refused: [] },
  meetCustomer: { customerId: 'ana' },
  controlThread: { is: 'done' },
};
