/**
 * Plays the pure core without Temporal: a clock that only this moves, and works that end when and how
 * the test says. What the shell does in `thread.ts`, in a few lines and with nothing hidden.
 */
import { step, type Happening } from '../../workflows/thread/core.js';
import { deadlines } from '../../workflows/thread/planning/deadlines.js';
import type { EngageEvent } from '../../workflows/contract/engage-event.js';
import type { Phase } from '../../workflows/contract/lifecycle.js';
import type { SourceSettings } from '../../workflows/contract/source-settings.js';
import { newThread, type ThreadState } from '../../workflows/thread/state/state.js';
import type { Failure, Work, WorkEnd, WorkOutcomes } from '../../workflows/contract/work.js';
import { start } from './facts.js';
import { testSettings } from './thread-settings.js';

export class CoreRun {
  state: ThreadState;
  readonly began = start;
  now = start;
  /** Each work ever decided on, in order. */
  readonly works: Work[] = [];
  /** In which phase each began, by its id. */
  readonly startedIn = new Map<string, Phase>();

  constructor(settings: Partial<SourceSettings> = {}) {
    const id = { domainId: 'domain', threadId: 'thread' };
    this.state = newThread(id, { ...testSettings, ...settings }, start);
  }

  /** Something happens; a deadline that is due by then rings at once, as the shell's timer does. */
  take(happening: Happening): this {
    this.#step(happening);
    const isLate = () =>
      deadlines(this.state).some(({ at, name }) => at <= this.now && name !== 'retention');
    for (let ring = 0; isLate() && ring < 5; ring += 1) this.#step({ type: 'timePassed' });
    return this;
  }

  #step(happening: Happening): void {
    const before = this.state.outbox.inFlight?.id;
    this.state = step(this.state, happening, this.now);
    const {
      outbox: { inFlight: work },
    } = this.state;
    if (work && work.id !== before) {
      this.works.push(work);
      this.startedIn.set(work.id, this.state.ownership.phase);
    }
  }

  handleEvent(...events: readonly EngageEvent[]): this {
    const newest = Math.max(...events.map(({ issuedAt }) => issuedAt));
    this.now = Math.max(this.now, newest);
    return this.take({ type: 'events', events });
  }

  /** The work in flight ends with this outcome. Fails when it is another kind of work. */
  end<D extends Work['do']>(what: D, outcome: WorkOutcomes[D] | Failure): this {
    const {
      outbox: { inFlight: work },
    } = this.state;
    if (work?.do !== what) throw new Error(`in flight is ${work?.do ?? 'nothing'}, not ${what}`);
    return this.take({ type: 'workEnded', end: { do: what, work, outcome } as unknown as WorkEnd });
  }

  /** Time passes, firing each deadline on the way, as the shell's timer does. */
  wait(time: number): this {
    const until = this.now + time;
    for (;;) {
      const next = deadlines(this.state).find(({ at }) => at > this.now && at <= until);
      if (!next) break;
      this.now = next.at;
      this.take({ type: 'timePassed' });
      const late = deadlines(this.state).find(
        ({ at, name }) => at <= this.now && name !== 'retention',
      );
      if (late)
        throw new Error(`deadline ${late.name} has fired and is still due: the clock races`);
    }
    this.now = until;
    return this;
  }

  doing(): string | undefined {
    return this.state.outbox.inFlight?.do;
  }

  /** The bodies of all posts so far decided on, retries included. */
  posts(): readonly string[] {
    return this.works.flatMap((work) => (work.do === 'postReply' ? [work.input.body] : []));
  }
}

/** The category the platform was last told to put the thread in; at first the bot's. */
export function placedIn({ works }: CoreRun): string {
  const moves = works.flatMap((work) => (work.do === 'recategorise' ? [work.input.in] : []));
  return moves.at(-1) ?? 'category-bot';
}

let posted = 0;

/** The platform took the reply. */
export function asPosted(run: CoreRun): WorkOutcomes['postReply'] {
  posted += 1;
  const contentsBefore = run.state.inbox.expectedContents ?? 1;
  return { is: 'posted', contentId: `content-ours-${posted}`, createdAt: run.now, contentsBefore };
}
