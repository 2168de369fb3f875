/**
 * `node --import tsx test/bench/publish.ts [FILE …]`: writes the figures of runs into `docs/performance.md`, of
 * the last one or of those kept in these files; where a bench is in several, the last of them counts.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { asMarkdown, withFigures } from './markdown.js';
import type { Machine } from './machine.js';
import { formatMachine, type Ended } from './table.js';

type Run = {
  readonly at: string;
  readonly machine: Machine;
  readonly seed: number;
  readonly benches: readonly Ended[];
};

const document = 'docs/performance.md';
const paths = process.argv.length > 2 ? process.argv.slice(2) : ['.baton/bench/last-run.json'];
const runs = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')) as Run);
const benches = new Map(runs.flatMap((run) => run.benches.map((one) => [one.name, one] as const)));
const [last] = runs.slice(-1);
if (!last) throw new Error('there is no run');
const heading = `Measured on ${last.at.slice(0, 10)}: ${formatMachine(last.machine, last.seed)}.\n\n`;
const figures = heading + asMarkdown([...benches.values()]);
writeFileSync(document, withFigures(readFileSync(document, 'utf8'), figures));
