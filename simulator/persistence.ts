/** Keeps the state on disk: written to a temporary file and renamed, soon after each change. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { newState } from './new-state.js';
import type { State } from './state.js';

const soon = 50;
/** Maximum length of the ground truth's lists. */
const keep = 20_000;

export function loadState(path: string | undefined): State | undefined {
  if (path === undefined) return undefined;
  try {
    const kept = JSON.parse(readFileSync(path, 'utf8')) as Partial<State>;
    // Fields unknown to an earlier version get the values of a fresh account.
    return { ...newState(), ...kept };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`the simulator's state in ${path} cannot be read`, { cause: error });
  }
}

export class Persistence {
  readonly #path: string | undefined;
  readonly #state: State;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(path: string | undefined, state: State) {
    this.#path = path;
    this.#state = state;
  }

  changed(): void {
    if (this.#path === undefined || this.#timer || this.#isOver) return;
    this.#timer = setTimeout(() => this.write(), soon);
  }

  /** The last write: after it, the file belongs to the next simulator. */
  end(): void {
    this.write();
    this.#isOver = true;
  }

  write(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#path === undefined) return;
    this.#state.attempts = this.#state.attempts.slice(-keep);
    this.#state.requests = this.#state.requests.slice(-keep);
    this.#state.journal = this.#state.journal.slice(-keep);
    mkdirSync(dirname(this.#path), { recursive: true });
    const draft = `${this.#path}.draft`;
    writeFileSync(draft, JSON.stringify(this.#state));
    renameSync(draft, this.#path);
  }
}
