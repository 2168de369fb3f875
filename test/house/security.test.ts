/** `docs/security.md` names tests and measurements that exist, and all ten risks. `npm run security` shows them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Ended } from '../bench/table.js';
import type { Results } from '../report/guarantees/evaluate-row.js';
import { isNamed, type Named } from '../report/guarantees/table.js';
import { measurements } from '../security/attack/measurements.js';
import { readRows, outcomeOf } from '../security/attack/rows.js';
import { read, root } from '../harness/source-files.js';
import { testsIn } from '../harness/test-titles.js';

const page = read('docs/security.md');
const rows = readRows(page);

describe('the table', () => {
  it('numbers its rows, and has the ten risks of OWASP first', () => {
    expect(rows.map(({ row }) => row.number)).toEqual(rows.map((_, at) => `S${at + 1}`));
    const risks = [...page.matchAll(/\| (API\d+) /g)].map(([, risk]) => risk);
    expect(risks).toEqual(Array.from({ length: 10 }, (_, at) => `API${at + 1}`));
  });

  it.each(rows)('row $row.number shows something that exists, or says that it is open', (one) => {
    const { row, measured } = one;
    const hasShown = row.tests.length + measured.length > 0;
    expect(hasShown || row.open !== undefined).toBe(true);
    expect([...row.tests, ...row.negativeControls].filter((named) => !isThere(named))).toEqual([]);
    const names = measurements.map(({ name }) => name);
    expect(measured.filter((name) => !names.includes(name))).toEqual([]);
  });

  it('names every measurement', () => {
    const named = new Set(rows.flatMap(({ measured }) => measured));
    expect(measurements.map(({ name }) => name).filter((name) => !named.has(name))).toEqual([]);
  });
});

function isThere(named: Named): boolean {
  if (named.titles.length === 0 || !existsSync(join(root, named.file))) return false;
  return testsIn(named.file).some((path) => isNamed(named, path));
}

describe('a row is', () => {
  const [row] = readRows('| S1 | r | p | `test/a.test.ts › holds`<br>`measured › fuzz` | – |');
  const ran = (status: string): Results => {
    const one = { ancestorTitles: [], title: 'holds', status, failureMessages: null };
    const name = join(root, 'test/a.test.ts');
    return { testResults: [{ name, message: '', assertionResults: [one] }] };
  };
  const run = (value: number, notes: readonly string[] = []): readonly Ended[] => {
    const figures = [{ what: 'faults', value, unit: 'calls', goal: { pass: 0 } }] as const;
    return [{ name: 'fuzz', measures: '', seconds: 1, load: [0, 0], findings: { figures, notes } }];
  };

  it.each([
    ['held when tests and figures hold', ran('passed'), run(0), 'held'],
    ['failed when a test does not', ran('failed'), run(0), 'failed'],
    ['failed when a figure misses its goal', ran('passed'), run(1), 'failed'],
    ['failed when it was not measured', ran('passed'), [], 'failed'],
    ['open when a measurement could not be made', ran('passed'), run(0, ['not known: x']), 'open'],
  ])('%s', (_, results, measured, is) => {
    expect(outcomeOf(row!, results, measured).is).toBe(is);
  });
});
