/**
 * Operator commands, as updates: refused at once when illegal in this phase, otherwise queued like
 * everything else and answered with the card once the loop has carried them out.
 */
import { ApplicationFailure, condition, setHandler } from '@temporalio/workflow';
import { cardOf, type ThreadCard } from './card.js';
import { refusalOf, type Command } from './commands.js';
import {
  askHandover,
  close,
  pauseBot,
  returnToBot,
  takeOver,
  type CommandInput,
} from './contract.js';
import type { Happening } from './core.js';
import type { Refusal } from './lifecycle.js';
import type { ThreadState } from './state.js';

export class CommandDoor {
  /** Carried out, with the refusal where the phase changed between asking and doing. */
  readonly #carriedOut = new Map<Command, Refusal | undefined>();

  readonly #queue: Happening[];
  readonly #state: () => ThreadState;

  constructor(queue: Happening[], state: () => ThreadState) {
    this.#queue = queue;
    this.#state = state;
  }

  open(): void {
    const updates = { askHandover, takeOver, returnToBot, close } as const;
    for (const [name, update] of Object.entries(updates)) {
      const what = name as keyof typeof updates;
      const toCommand = ({ by, why }: CommandInput): Command => ({ do: what, by, why });
      setHandler(update, (input) => this.#carryOut(toCommand(input)), {
        validator: (input: CommandInput) => {
          checkInput(input);
          this.#check(toCommand(input));
        },
      });
    }
    setHandler(
      pauseBot,
      ({ by, why, forMs }) =>
        this.#carryOut({ do: 'pauseBot', by, why, until: Date.now() + forMs }),
      {
        validator: (input: Partial<CommandInput & { forMs: unknown }> | undefined) => {
          checkInput(input);
          const time = input?.forMs;
          if (typeof time !== 'number' || !(time >= 0 && time <= longestPause))
            throw invalid('forMs');
        },
      },
    );
  }

  /** The loop is about to take this in. */
  observe(happening: Happening, state: ThreadState): void {
    if (happening.type !== 'command') return;
    const { command } = happening;
    this.#carriedOut.set(command, refusalOf(state, command));
  }

  #check(command: Command): void {
    const refusal = refusalOf(this.#state(), command);
    if (refusal) throw illegal(command, refusal);
  }

  async #carryOut(command: Command): Promise<ThreadCard> {
    this.#queue.push({ type: 'command', command });
    await condition(() => this.#carriedOut.has(command));
    const refusal = this.#carriedOut.get(command);
    this.#carriedOut.delete(command);
    if (refusal) throw illegal(command, refusal);
    return cardOf(this.#state());
  }
}

const longestPause = 31 * 24 * 60 * 60 * 1000;
const wordsLimit = 1_000;

/** Updates come from anybody with access to Temporal; what is accepted here must be understood. */
function checkInput(input: Partial<CommandInput> | undefined): void {
  for (const field of ['by', 'why'] as const) {
    const words: unknown = input?.[field];
    if (typeof words !== 'string' || words.length > wordsLimit) throw invalid(field);
  }
}

function invalid(field: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(`${field} is missing or wrong`, 'InvalidCommand');
}

function illegal(command: Command, { phase }: Refusal): ApplicationFailure {
  const message = `${command.do} is not possible in phase ${phase}`;
  return ApplicationFailure.nonRetryable(message, 'IllegalMove', { phase });
}
