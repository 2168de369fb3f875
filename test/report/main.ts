/**
 * `npm run report -- guarantees [--simulate 10m] | data-sheet | release`. Exit status 0 when the report is good, 1 when it is
 * not, 2 on wrong usage.
 */
import { reportDataSheet } from './data-sheet/report.js';
import { reportGuarantees } from './guarantees/report.js';
import { reportRelease } from './release/report.js';

type Report = {
  readonly name: string;
  readonly shows: string;
  /** Its only option, which has a value. */
  readonly option?: string;
  /** @returns whether everything is as it should be */
  readonly run: (value?: string) => Promise<boolean>;
};

const reports: readonly Report[] = [
  {
    name: 'guarantees',
    shows: 'runs the tests that docs/guarantees.md names, the long run, and an hour of simulation',
    option: '--simulate',
    run: reportGuarantees,
  },
  {
    name: 'data-sheet',
    shows: 'takes the last figures of chaos, bench, security and simulation into docs/',
    run: reportDataSheet,
  },
  {
    name: 'release',
    shows: 'checks version, changelog, bill of materials, and replays every history',
    run: reportRelease,
  },
];

process.exit(await main(process.argv.slice(2)));

async function main(args: readonly string[]): Promise<number> {
  const [name = '--help', ...others] = args;
  const report = reports.find((one) => one.name === name);
  const [option, value, ...more] = others;
  const isOption = option === report?.option && value !== undefined && more.length === 0;
  if (report && (option === undefined || isOption)) return (await report.run(value)) ? 0 : 1;
  console.log(`npm run report -- ${reports.map((one) => one.name).join(' | ')}`);
  for (const { name, shows } of reports) console.log(`  ${name.padEnd(10)}  ${shows}`);
  return args.length === 1 && (name === '--help' || name === '-h') ? 0 : 2;
}
