/** A lane runs one task at a time: starts the wanted one when idle, and reports its end. */
import type { SourceSdkState } from './state.js';

export class Lane<T extends object> {
  #isBusy = false;
  readonly #run: (next: T) => Promise<Change>;
  readonly #ended: (end: Change) => void;

  constructor(run: (next: T) => Promise<Change>, ended: (end: Change) => void) {
    this.#run = run;
    this.#ended = ended;
  }

  get isIdle(): boolean {
    return !this.#isBusy;
  }

  /** The task must not throw; it reports failures as its end. */
  follow(next: T | undefined): void {
    if (!next || this.#isBusy) return;
    this.#isBusy = true;
    void this.#run(next).then((end) => {
      this.#isBusy = false;
      this.#ended(end);
    });
  }
}

type Change = (state: SourceSdkState, now: number) => SourceSdkState;
