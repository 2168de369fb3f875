/** Prints a conversation as it happens: who said what, and each phase of its thread. */
import type { ThreadRecord } from '../../simulator/door-client.js';

const colours = { customer: 36, bot: 32, agent: 35, native: 35, automatic: 90 } as const;

export class Narrator {
  readonly #told = new Set<string>();
  #phase = '';

  readonly print = (line: string): void => console.log(line);

  /** This content needs no telling. */
  skip(contentId: string): void {
    this.#told.add(contentId);
  }

  /** What has been said since the last time. */
  tell({ contents }: Pick<ThreadRecord, 'contents'>): void {
    for (const { id, by, body } of contents) {
      if (this.#told.has(id)) continue;
      this.#told.add(id);
      const [who = ''] = by.split(':');
      this.print(`  ${paint(who.padEnd(9), colours[who as keyof typeof colours])} ${body}`);
    }
  }

  tellPhase(phase: string, why: string): void {
    if (phase === this.#phase) return;
    this.#phase = phase;
    this.print(`  ${paint(`${' '.repeat(9)} phase: ${phase}`, 33)} ${paint(`(${why})`, 90)}`);
  }

  remark(line: string): void {
    this.print(`  ${paint(`${' '.repeat(9)} ${line}`, 90)}`);
  }
}

export function paint(text: string, colour: number | undefined): string {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isPlain = NO_COLOR !== undefined || (!process.stdout.isTTY && FORCE_COLOR === undefined);
  return isPlain || colour === undefined ? text : `\u001b[${colour}m${text}\u001b[0m`;
}
