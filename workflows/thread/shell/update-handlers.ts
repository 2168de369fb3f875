/**
 * Update handlers of a thread. A command that is illegal in this phase is refused at once; all others
 * are queued like every event, and the update returns after the loop has handled them.
 */
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import { isBeingMoved } from '../transitions/categories.js';
import { describeThread } from '../planning/card.js';
import { refusalOf, type Command, type CommandRefusal } from '../transitions/commands.js';
import {
  answerAgain,
  askHandover,
  close,
  giveBack,
  backfill,
  moveToHumans,
  nothingNew,
  pauseBot,
  returnToBot,
  takeOver,
  type EngageEvent,
  type Backfilled,
} from '../../contract/index.js';
import type { Happening } from '../core.js';
import { wasReceived } from '../transitions/inbox.js';
import type { SeenIds } from '../state/seen-ids.js';
import type { ThreadState } from '../state/state.js';
import type { CommandInput } from '../../contract/commands.js';
import type { ThreadCard } from '../../contract/card.js';

/** The states before and after an entry was handled. */
type CarriedOut = { readonly before: ThreadState; readonly after: ThreadState };

export class UpdateHandlers {
  /** Entries of updates that the loop has handled, and those it has not. */
  readonly #carriedOut = new Map<Happening, CarriedOut>();
  readonly #asked = new Set<Happening>();

  /** Updates that wait for the platform; the loop must not wait for them. */
  #moves = 0;

  readonly #queue: Happening[];
  readonly #state: () => ThreadState;
  /** Undefined while the thread starts. */
  readonly #seen: () => SeenIds | undefined;

  constructor(queue: Happening[], state: () => ThreadState, seen: () => SeenIds | undefined) {
    this.#queue = queue;
    this.#state = state;
    this.#seen = seen;
  }

  get isMoving(): boolean {
    return this.#moves > 0;
  }

  open(): void {
    const updates = { askHandover, takeOver, returnToBot, close, answerAgain } as const;
    for (const [name, update] of Object.entries(updates)) {
      const what = name as keyof typeof updates;
      const toCommand = ({ by, why, because }: CommandInput): Command => ({
        ...{ do: what, by, why },
        ...(because && { because }),
      });
      setHandler(update, (input) => this.#applyCommand(toCommand(input)), {
        validator: (input: CommandInput) => {
          checkInput(input);
          this.#check(toCommand(input));
        },
      });
    }
    setHandler(
      pauseBot,
      ({ by, why, forMs }) =>
        this.#applyCommand({ do: 'pauseBot', by, why, until: Date.now() + forMs }),
      {
        validator: (input: Partial<CommandInput & { forMs: unknown }> | undefined) => {
          checkInput(input);
          const time = input?.forMs;
          if (typeof time !== 'number' || !(time >= 0 && time <= longestPause))
            throw invalid('forMs');
        },
      },
    );
    const validator = checkInput;
    setHandler(moveToHumans, ({ by, why }) => this.#move({ do: 'moveToHumans', by, why }), {
      validator,
    });
    setHandler(giveBack, ({ by, why }) => this.#move({ do: 'giveBack', by, why }), { validator });
    setHandler(backfill, (events) => this.#backfill(events), {
      validator: (events: readonly EngageEvent[]) => this.#refuseReceived(events),
    });
  }

  /** Called by the loop after each entry. */
  observe(happening: Happening, before: ThreadState, after: ThreadState): void {
    if (this.#asked.delete(happening)) this.#carriedOut.set(happening, { before, after });
  }

  async #backfill(events: readonly EngageEvent[]): Promise<Backfilled> {
    const { before, after } = await this.#carryOut({ type: 'backfilled', events });
    const said = events.filter((event) => 'content' in event && event.type !== 'content.exported');
    const contents = said.filter((event) => !wasReceived(before, event)).length;
    return { fresh: after.report.counts.backfilled - before.report.counts.backfilled, contents };
  }

  /**
   * A refused update is not written to the history, so that repeated backfills of the same events cost
   * nothing.
   */
  #refuseReceived(events: readonly EngageEvent[]): void {
    const seen = this.#seen();
    if (!seen || events.some((event) => !wasReceived({ inbox: { seen } }, event))) return;
    throw ApplicationFailure.nonRetryable('all of these events were received before', nothingNew);
  }

  #check(command: Command): void {
    const refusal = refusalOf(this.#state(), command);
    if (refusal) throw illegal(command, refusal);
  }

  async #applyCommand(command: Command): Promise<ThreadCard> {
    const { before } = await this.#carryOut({ type: 'command', command });
    // The phase may have changed between the request and its handling.
    const refusal = refusalOf(before, command);
    if (refusal) throw illegal(command, refusal);
    return describeThread(this.#state());
  }

  /** Returns when the platform has the thread in the right category, or has refused to put it there. */
  async #move(command: Command): Promise<{ moved: boolean; assigned: boolean }> {
    const { before, after } = await this.#carryOut({ type: 'command', command });
    const isMoving = () =>
      this.#state().ownership.epoch === after.ownership.epoch && isBeingMoved(this.#state());
    this.#moves += 1;
    await condition(() => !isMoving());
    this.#moves -= 1;
    const wanted = command.do === 'giveBack' ? 'bot' : 'agent';
    const moved = before.ownership.epoch !== after.ownership.epoch;
    return { moved, assigned: this.#state().routing.assignedCategory === wanted };
  }

  async #carryOut(happening: Happening): Promise<CarriedOut> {
    this.#asked.add(happening);
    this.#queue.push(happening);
    await condition(() => this.#carriedOut.has(happening));
    const carriedOut = this.#carriedOut.get(happening);
    this.#carriedOut.delete(happening);
    if (!carriedOut) throw ApplicationFailure.nonRetryable('not carried out', 'NotCarriedOut');
    return carriedOut;
  }
}

const longestPause = 31 * 24 * 60 * 60 * 1000;
const wordsLimit = 1_000;

/** Validates the input: everybody with access to Temporal can send updates. */
function checkInput(input: Partial<CommandInput> | undefined): void {
  for (const field of ['by', 'why'] as const) {
    const words: unknown = input?.[field];
    if (typeof words !== 'string' || words.length > wordsLimit) throw invalid(field);
  }
}

function invalid(field: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${field} is missing or wrong`, 'InvalidCommand');
}

function illegal(command: Command, { phase, why }: CommandRefusal): ApplicationFailure {
  const reason = why === undefined ? '' : `: ${why}`;
  const message = `${command.do} is not possible in phase ${phase}${reason}`;
  return ApplicationFailure.nonRetryable(message, 'IllegalMove', { phase });
}
