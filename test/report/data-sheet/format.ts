/** The data sheet as it stands in docs/guarantees.md: promise, command, last figure, negative control. Pure. */
import { rateFigure } from '../../bench/bench.js';
import { limitsOf, shown, type Ended as EndedBench } from '../../bench/table.js';
import { rateCell, shortfalls, type Cell } from '../../chaos/slice.js';
import type { Ended as EndedSlice } from '../../chaos/table.js';
import type { SecurityRow } from '../../security/attack/rows.js';
import type { SimulationFigures } from '../../simulation/totals.js';
import type { Circumstances, Figures, Kept } from './kept.js';

type Line = readonly [
  promise: string,
  command: string,
  figure: string,
  outcome: string,
  negativeControl: string,
];

const begin = '<!-- the data sheet: npm run report -- data-sheet -->';
const end = '<!-- end of the data sheet -->';

/** @throws when the page has no place for it */
export function intoPage(page: string, figures: Figures): string {
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`no ${begin} … ${end}`);
  return `${before}${begin}\n\n${formatFigures(figures).join('\n')}\n\n${end}${after}`;
}

export function formatFigures({ chaos, bench, security, simulate }: Figures): readonly string[] {
  const lines = [
    ...chaos.map(({ part }) => ofSlice(part)),
    ...bench.flatMap(({ part }) => ofBench(part)),
    ...security.map(({ part }) => ofRow(part)),
    ...simulate.map(({ part }) => ofSimulation(part)),
  ];
  return [
    '| promise | command | last figure | | negative control |',
    '|---|---|---|---|---|',
    ...lines.map((line) => `| ${line.map(cell).join(' | ')} |`),
    '',
    ...reasons(bench),
    ...where([...chaos, ...bench, ...security, ...simulate]),
  ];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function ofSlice({ name, shows, findings, trouble }: EndedSlice): Line {
  const command = `\`npm run chaos -- ${name}\``;
  if (!findings) return [shows, command, trouble ?? 'no figure', '**missed**', '–'];
  const { cells } = findings;
  const negativeControls = cells.filter(({ negativeControl }) => negativeControl);
  const caught = negativeControls.map((one) => `${one.what}: ${rateCell(one)}`);
  const isHeld = shortfalls(findings).length === 0;
  const figure = cells.every(({ negativeControl }) => negativeControl) ? '–' : sumOf(cells);
  return [shows, command, figure, isHeld ? 'held' : '**missed**', caught.join('<br>') || '–'];
}

const whole = new Intl.NumberFormat('en');

function sumOf(cells: readonly Cell[]): string {
  const ours = cells.filter(({ negativeControl }) => !negativeControl);
  const sum = (of: (one: Cell) => number) =>
    whole.format(ours.reduce((all, one) => all + of(one), 0));
  return [
    `lost ${sum((one) => one.lost)} of ${sum((one) => one.acknowledged)} acknowledged`,
    `unanswered ${sum((one) => one.unanswered)} and said twice ${sum((one) => one.twice)} of ${sum((one) => one.turns)} turns`,
    `half open ${sum((one) => one.halfOpen)}`,
  ].join('<br>');
}

function ofBench({ name, measures, findings, trouble }: EndedBench): readonly Line[] {
  const command = `\`npm run bench -- ${name}\``;
  if (!findings) return [[measures, command, trouble ?? 'no figure', '**missed**', '–']];
  return findings.figures.flatMap((figure): readonly Line[] => {
    const { what, value, unit, goal } = figure;
    if (!goal) return [];
    const is = rateFigure(figure) ?? '';
    const outcome = `${limitsOf(goal, unit)}: ${is === 'missed' ? '**missed**' : is}`;
    return [[`${name}: ${what}`, command, shown(value, unit), outcome, '–']];
  });
}

function ofRow({ promise, is, shownBy, figures, negativeControl, because }: SecurityRow): Line {
  const figure = figures.length > 0 ? figures.join('<br>') : `${shownBy.length} named tests`;
  const outcome = is === 'failed' ? '**missed**' : is;
  const why = is === 'held' ? '' : `<br>${because.join('<br>')}`;
  const proof = negativeControl === 'none' ? '–' : negativeControl;
  return [withoutLinks(promise), '`npm run security`', withoutLinks(figure + why), outcome, proof];
}

/** The seed of a run is its first one. */
function ofSimulation(figures: SimulationFigures): Line {
  const { seeds, conversations, contents, years, broken, kept } = figures;
  const figure = [
    `${whole.format(contents)} contents of customers in ${whole.format(conversations)} conversations`,
    `${whole.format(seeds)} seeds, ${years.toFixed(1)} simulated years`,
    `${whole.format(kept)} plans that once showed a fault are played as well`,
  ].join('<br>');
  const promise = 'In simulated worlds with faults nothing is lost, said twice or left waiting';
  const outcome = broken === 0 ? 'held' : `**missed**: ${broken} seeds`;
  return [
    promise,
    '`npm run simulate`',
    figure,
    outcome,
    'twelve planted faults: `npm run simulate:planted`',
  ];
}

/** They lead from another page. */
function withoutLinks(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1');
}

/** A goal that is missed is listed with its reason. */
function reasons(bench: Figures['bench']): readonly string[] {
  const lines = bench.flatMap(({ part: { name, findings } }) =>
    (findings?.figures ?? [])
      .filter((figure) => rateFigure(figure) === 'missed' && figure.reason !== undefined)
      .map(({ what, reason }) => `- *Missed*, ${name}, ${what}: ${reason ?? ''}`),
  );
  return lines.length === 0 ? [] : [...lines, ''];
}

/** Every machine and seed the figures are of, once. */
function where(all: readonly Kept<unknown>[]): readonly string[] {
  const descriptions = all.map(({ at, machine, seed }: Circumstances) => {
    const { cores, processor, node, commit } = machine;
    const of = commit === undefined ? '' : `, commit ${commit}`;
    return `${at.slice(0, 10)}, ${cores} cores (${processor}), Node ${node}, seed ${seed}${of}`;
  });
  return [`Measured: ${[...new Set(descriptions)].join('; ')}.`];
}
