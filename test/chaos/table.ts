/** Formats the table of results: one line for each cell, and the notes of the slice below. Pure. */
import type { Performed } from '../bench/perform.js';
import { rateCell, shortfalls, type Cell, type Findings } from './slice.js';

/** The result of one slice: findings, or the reason why there are none. */
export type Ended = Performed<Findings> & { readonly shows: string };

const columns = [
  ...['struck', 'turns', 'acknowledged', 'lost', 'unanswered', 'twice', 'half open', 'ambiguous'],
  ...['first reply', 'last reply'],
] as const;

export function formatSlices(all: readonly Ended[]): readonly string[] {
  const cells = all.flatMap(({ findings }) => findings?.cells ?? []);
  const first = Math.max(0, ...cells.map(({ what }) => what.length)) + 2;
  const head = ' '.repeat(first) + columns.map((name) => name.padStart(widthOf(name))).join('');
  return [head.trimEnd(), ...all.flatMap((one) => formatSlice(one, first))];
}

const widthOf = (name = '') => Math.max(name.length, 6) + 2;

function formatSlice({ name, shows, seconds, findings, trouble }: Ended, first: number) {
  const title = `${name}: ${shows} (${Math.round(seconds)} s)`;
  if (!findings) return [title, `  no cells: ${trouble ?? 'unknown'}`];
  const lines = findings.cells.flatMap((cell) => {
    const shown = valuesOf(cell).map((value, at) => value.padStart(widthOf(columns[at])));
    const line = `  ${cell.what.padEnd(first - 2)}${shown.join('')}  ${rateCell(cell)}`;
    const details = rateCell(cell) === 'broken' ? (cell.details ?? []) : [];
    return [line, ...details.map((detail) => `    ${detail}`)];
  });
  const missing = shortfalls(findings).map((line) => `  MISSED ${line}`);
  return [title, ...lines, ...findings.notes.map((note) => `  ${note}`), ...missing];
}

const whole = new Intl.NumberFormat('en');

function valuesOf(cell: Cell): readonly string[] {
  const { struck, turns, acknowledged, lost, unanswered, twice, halfOpen, ambiguous } = cell;
  const counts = [struck, turns, acknowledged, lost, unanswered, twice, halfOpen, ambiguous];
  return [
    ...counts.map((count) => whole.format(count)),
    ...[cell.firstReply, cell.lastReply].map(seconds),
  ];
}

function seconds(time: number | undefined): string {
  return time === undefined ? '–' : `${(time / 1_000).toFixed(1)} s`;
}
