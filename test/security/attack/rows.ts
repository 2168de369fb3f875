/**
 * The rows of docs/security.md, read as those of the guarantees are, and what each is worth. A row may
 * also name measurements of ours, as `measured › NAME`.
 */
import { rateFigure, type Figure } from '../../bench/bench.js';
import { shown, type Ended } from '../../bench/table.js';
import { evaluateRow, type Results, type Outcome } from '../../report/guarantees/evaluate-row.js';
import { readTable, type Row } from '../../report/guarantees/table.js';

export type NamedRow = { readonly row: Row; readonly measured: readonly string[] };

export type SecurityRow = {
  readonly number: string;
  readonly promise: string;
  readonly is: Outcome['is'];
  readonly shownBy: readonly string[];
  readonly negativeControl: Outcome['negativeControl'];
  /** Figures with a goal, in words. */
  readonly figures: readonly string[];
  readonly because: readonly string[];
};

export function readRows(markdown: string): readonly NamedRow[] {
  const lines = markdown.split('\n');
  return readTable(markdown).map((row) => {
    const line = lines.find((one) => one.startsWith(`| ${row.number} |`)) ?? '';
    const measured = [...line.matchAll(/`measured › ([\w-]+)`/g)].map(([, name = '']) => name);
    return { row, measured };
  });
}

export function outcomeOf(
  { row, measured }: NamedRow,
  results: Results,
  all: readonly Ended[],
): SecurityRow {
  const tested = evaluateRow(row, results);
  const runs = measured.map((name) => all.find((one) => one.name === name));
  const trouble = runs.flatMap((run, at) => troubleOf(run, measured[at] ?? ''));
  const unknown = runs.flatMap((run) => run?.findings?.notes.filter(isOpen) ?? []);
  const open = [...(row.open === undefined ? [] : [row.open]), ...unknown];
  const because = [...tested.because, ...trouble];
  const hasShown = row.tests.length + measured.length > 0;
  const tests = row.tests.map(({ file, titles }) => [file, ...titles].join(' › '));
  return {
    ...{ number: row.number, promise: row.promise, negativeControl: tested.negativeControl },
    is: because.length > 0 ? 'failed' : open.length > 0 || !hasShown ? 'open' : 'held',
    shownBy: [...tests, ...measured.map((name) => `measured › ${name}`)],
    figures: runs.flatMap((run) => run?.findings?.figures.flatMap(describeFigure) ?? []),
    because: [...because, ...open.map((why) => `open: ${why}`)],
  };
}

/** A measurement that could not be made here says so in a note. */
function isOpen(note: string): boolean {
  return note.startsWith('not known: ');
}

function troubleOf(run: Ended | undefined, name: string): readonly string[] {
  if (!run?.findings) return [`${name}: ${run?.trouble ?? 'was not measured'}`];
  const missed = run.findings.figures.filter((figure) => rateFigure(figure) === 'missed');
  return missed.flatMap(describeFigure);
}

export function isMissed(run: Ended): boolean {
  return troubleOf(run, run.name).length > 0;
}

function describeFigure(figure: Figure): readonly string[] {
  const { what, value, unit, goal } = figure;
  if (!goal) return [];
  return [`${what}: ${shown(value, unit)} (≤ ${shown(goal.pass, unit)})`];
}

export function formatRow(row: SecurityRow): readonly string[] {
  const proof = row.negativeControl === 'none' ? '' : ` [negative control ${row.negativeControl}]`;
  const count = `${row.shownBy.length} named`;
  const plain = row.promise.replaceAll('`', '').replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
  const indent = ' '.repeat(13);
  return [
    `${row.number.padStart(4)}  ${row.is.padEnd(6)} ${plain} (${count})${proof}`,
    ...row.figures.map((figure) => `${indent}${figure}`),
    ...row.because.map((why) => `${indent}${why}`),
  ];
}
