/** Adds up the results of seeds. */
import { readKept } from './kept.js';
import type { SeedResult } from './play-plan.js';

const year = 365.25 * 24 * 3_600_000;

export type SimulationFigures = {
  readonly seeds: number;
  readonly conversations: number;
  /** Of customers. */
  readonly contents: number;
  /** Of simulated time, all worlds together. */
  readonly years: number;
  /** Seeds and kept plans that broke something. */
  readonly broken: number;
  /** Plans that once showed a fault, which is mended. */
  readonly kept: number;
};

export class Totals {
  #seeds = 0;
  #threads = 0;
  #contents = 0;
  #virtualMs = 0;
  #realMs = 0;
  /** Seeds that broke something. */
  readonly failed: SeedResult[] = [];
  /** Names of kept plans that broke something. */
  readonly brokenKept: string[] = [];

  add(result: SeedResult): void {
    const { violations, threads, contents, virtualMs, realMs } = result;
    this.#seeds += 1;
    this.#threads += threads;
    this.#contents += contents;
    this.#virtualMs += virtualMs;
    this.#realMs += realMs;
    if (violations.length > 0) this.failed.push(result);
  }

  /** For the data sheet. */
  figures(): SimulationFigures {
    return {
      ...{ seeds: this.#seeds, conversations: this.#threads, contents: this.#contents },
      ...{ years: this.#virtualMs / year, broken: this.failed.length + this.brokenKept.length },
      kept: readKept().length,
    };
  }

  /** For people. */
  lines(): readonly string[] {
    const count = (value: number) => value.toLocaleString('en');
    const seconds = Math.max(this.#realMs, 1) / 1_000;
    const years = (this.#virtualMs / year).toFixed(2);
    return [
      `${count(this.#seeds)} seeds: ${count(this.#threads)} conversations, ${count(this.#contents)} contents of customers, ${years} simulated years`,
      `${count(Math.round(this.#contents / seconds))} contents a second and process`,
      this.failed.length === 0 && this.brokenKept.length === 0
        ? 'nothing was broken'
        : `${this.failed.length} seeds broke something: ${this.failed
            .slice(0, 20)
            .map(({ seed }) => seed)
            .join(', ')}`,
    ];
  }
}
