/** Adds up the results of seeds. */
import type { SeedResult } from './play-plan.js';

const year = 365.25 * 24 * 3_600_000;

export class Totals {
  #seeds = 0;
  #threads = 0;
  #contents = 0;
  #virtualMs = 0;
  #realMs = 0;
  /** Seeds that broke something. */
  readonly failed: SeedResult[] = [];

  add(result: SeedResult): void {
    const { violations, threads, contents, virtualMs, realMs } = result;
    this.#seeds += 1;
    this.#threads += threads;
    this.#contents += contents;
    this.#virtualMs += virtualMs;
    this.#realMs += realMs;
    if (violations.length > 0) this.failed.push(result);
  }

  /** For people. */
  lines(): readonly string[] {
    const count = (value: number) => value.toLocaleString('en');
    const seconds = Math.max(this.#realMs, 1) / 1_000;
    const years = ((this.#virtualMs / year) * 1).toFixed(2);
    return [
      `${count(this.#seeds)} seeds: ${count(this.#threads)} conversations, ${count(this.#contents)} contents of customers, ${years} simulated years`,
      `${count(Math.round(this.#contents / seconds))} contents a second and process`,
      this.failed.length === 0
        ? 'nothing was broken'
        : `${this.failed.length} seeds broke something: ${this.failed
            .slice(0, 20)
            .map(({ seed }) => seed)
            .join(', ')}`,
    ];
  }
}
