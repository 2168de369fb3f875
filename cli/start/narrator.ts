/** Prints a conversation as it happens: contents with their authors, and each phase of its thread. */
import type { ThreadRecord } from '../../simulator/control-client.js';
import type { ThreadCard } from '../../workflows/contract/index.js';

const colours = { customer: 36, bot: 32, agent: 35, native: 35, automatic: 90 } as const;

type PhaseOf = Pick<ThreadCard, 'phase' | 'why' | 'since'>;

export class Narrator {
  readonly #printed = new Set<string>();
  #phase = '';

  readonly print = (line: string): void => console.log(line);

  /** Marks a content as already printed. */
  skip(contentId: string): void {
    this.#printed.add(contentId);
  }

  /** Prints new contents, and the phase if it has changed, in order of time. */
  printRecord({ contents }: Pick<ThreadRecord, 'contents'>, card: PhaseOf | undefined): void {
    const news = contents.filter(({ id }) => !this.#printed.has(id));
    for (const { id } of news) this.#printed.add(id);
    const lines = news.map(({ at, by, body }) => ({ at, line: said(by, body) }));
    if (card && card.phase !== this.#phase) {
      this.#phase = card.phase;
      lines.push({ at: card.since, line: entered(card) });
    }
    lines.sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    for (const { line } of lines) this.print(line);
  }

  remark(line: string): void {
    this.print(`  ${paint(`${' '.repeat(9)} ${line}`, 90)}`);
  }
}

function said(by: string, body: string): string {
  const [who = ''] = by.split(':');
  return `  ${paint(who.padEnd(9), colours[who as keyof typeof colours])} ${body}`;
}

function entered({ phase, why }: PhaseOf): string {
  return `  ${paint(`${' '.repeat(9)} phase: ${phase}`, 33)} ${paint(`(${why})`, 90)}`;
}

function paint(text: string, colour: number | undefined): string {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  const isPlain = NO_COLOR !== undefined || (!process.stdout.isTTY && FORCE_COLOR === undefined);
  return isPlain || colour === undefined ? text : `\u001b[${colour}m${text}\u001b[0m`;
}
