/** The figures as a document shows them: a table a bench, what is missed with its reason. Pure. */
import { rateFigure, type Figure } from './bench.js';
import { limitsOf, shown, whyMissed, type Ended } from './table.js';

const begin = '<!-- figures: written by test/bench/publish.ts -->';
const end = '<!-- end of figures -->';

/** @throws where the document has no place for them */
export function withFigures(document: string, figures: string): string {
  const [before, rest] = document.split(`${begin}\n`);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no place: ${begin} … ${end}`);
  return `${before}${begin}\n\n${figures}\n${end}${after}`;
}

export function asMarkdown(all: readonly Ended[]): string {
  return all.map(sectionOf).join('\n');
}

function sectionOf({ name, measures, seconds, load, findings, trouble }: Ended): string {
  const loads = load.map((one) => one.toFixed(1)).join(' → ');
  const title = `### \`${name}\`: ${measures}\n\n${Math.round(seconds)} s, load ${loads}.`;
  if (!findings) return `${title} No figures: ${trouble ?? 'unknown'}.\n`;
  const rows = findings.figures.map(rowOf);
  const below = [...findings.figures.flatMap(whyMissed), ...findings.notes];
  const table = ['| what | figure | goal | |', '|---|---|---|---|', ...rows].join('\n');
  return [title, '', table, '', ...below.map((line) => `- ${line}`), ''].join('\n');
}

function rowOf(figure: Figure): string {
  const { what, value, unit, goal } = figure;
  const cells = [
    ...[what.trim(), shown(value, unit), goal ? limitsOf(goal, unit) : ''],
    rateFigure(figure) ?? '',
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
