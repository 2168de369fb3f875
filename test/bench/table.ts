/** The one table: a line a figure, its goal and what came of it, and the bench's notes below. Pure. */
import { rateFigure, type Figure, type Findings, type Goal } from './bench.js';
import type { Machine } from './machine.js';
import type { Performed } from './perform.js';

export type Ended = Performed<Findings> & { readonly measures: string };

export function formatMachine(machine: Machine, seed: number): string {
  const { cores, processor, memoryBytes, node, platform, load, commit } = machine;
  const memory = `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`;
  const parts = [`${cores} cores (${processor})`, memory, `Node ${node}`, platform];
  if (commit !== undefined) parts.push(`commit ${commit}`);
  return `${parts.join(' · ')} · load ${load.toFixed(1)} at the start · seed ${seed}`;
}

export function formatBench({
  name,
  measures,
  seconds,
  load,
  findings,
  trouble,
}: Ended): readonly string[] {
  const loads = load.map((one) => one.toFixed(1)).join(' → ');
  const title = `${name}: ${measures} (${Math.round(seconds)} s, load ${loads})`;
  if (!findings) return [title, `  no figures: ${trouble ?? 'unknown'}`];
  const cells = findings.figures.map(cellsOf);
  const width = (column: number) => Math.max(0, ...cells.map((row) => row[column]?.length ?? 0));
  const lines = cells.map(([what, value, goal, outcome]) =>
    [what.padEnd(width(0)), value.padStart(width(1)), goal.padEnd(width(2)), outcome]
      .join('  ')
      .trimEnd(),
  );
  const below = [...findings.figures.flatMap(whyMissed), ...findings.notes];
  return [title, ...lines.map((line) => `  ${line}`), ...below.map((note) => `  ${note}`)];
}

/** A goal that is missed stays in the table, with its reason. */
export function whyMissed(figure: Figure): readonly string[] {
  if (rateFigure(figure) !== 'missed' || figure.reason === undefined) return [];
  return [`missed, ${figure.what}: ${figure.reason}`];
}

function cellsOf(figure: Figure): readonly [string, string, string, string] {
  const { what, value, unit, goal } = figure;
  return [what, shown(value, unit), goal ? limitsOf(goal, unit) : '', rateFigure(figure) ?? ''];
}

export function limitsOf({ is, pass, stretch }: Goal, unit: Figure['unit']): string {
  const sign = is === 'atLeast' ? '≥' : '≤';
  const more = stretch === undefined ? '' : ` (${shown(stretch, unit)})`;
  return `${sign} ${shown(pass, unit)}${more}`;
}

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** Three digits that mean something, and its unit. */
export function shown(value: number, unit: Figure['unit']): string {
  const size = Math.abs(value);
  const digits = size >= 100 ? whole.format(value) : String(Number(value.toPrecision(3)));
  return unit === '×' ? `${digits}×` : `${digits} ${unit}`.trimEnd();
}
