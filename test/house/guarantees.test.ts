/** `docs/guarantees.md` names every problem, and tests that exist. `npm run guarantees` runs them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { evaluateRow, type Results } from '../report/guarantees/evaluate-row.js';
import { isNamed, readTable, type Named } from '../report/guarantees/table.js';
import { read, root } from '../harness/source-files.js';
import { testsIn } from '../harness/test-titles.js';

const rows = readTable(read('docs/guarantees.md'));

describe('the table', () => {
  it('has each of the 34 problems and the seven of Temporal’s own, once, in order', () => {
    const problems = Array.from({ length: 34 }, (_, i) => `${i + 1}`);
    const wanted = [...problems, 'T1', 'T2', 'T3', 'T4', 'T5', 'T6', 'T7'];
    expect(rows.map(({ number }) => number)).toEqual(wanted);
  });

  it.each(rows)('row $number shows something, or says that it is open', (row) => {
    expect(row.tests.length > 0 || row.open !== undefined).toBe(true);
    expect(row.promise).not.toBe('');
  });

  it.each(rows)('row $number names tests that exist', ({ tests, negativeControls }) => {
    expect([...tests, ...negativeControls].filter((one) => !isThere(one))).toEqual([]);
  });

  it.each(rows)('row $number has negative controls that say so', ({ negativeControls }) => {
    const others = negativeControls.filter(
      ({ titles }) => !/negative control|naive|does not look/.test(titles.join(' ')),
    );
    expect(others).toEqual([]);
  });
});

function isThere(named: Named): boolean {
  if (named.titles.length === 0 || !existsSync(join(root, named.file))) return false;
  return testsIn(named.file).some((path) => isNamed(named, path)) && isSpelt(named);
}

/** A title that a table fills in matches every name: the words must stand in the file, or name a scenario. */
function isSpelt({ file, titles }: Named): boolean {
  const source = read(file);
  const words = titles.flatMap((title) => title.split('…')).map((part) => part.trim());
  return words.every(
    (part) => source.includes(part) || existsSync(`${root}/test/scenarios/${part}`),
  );
}

describe('a row is', () => {
  const line = '| 7 | twice | once | `test/a.test.ts › a thing › holds … times` | – |';
  const [row] = readTable(line);
  const [untested] = readTable('| 8 | worse | better | open: not yet | – |');
  const [part] = readTable(line.replace('` |', '`<br>open: the rest |'));
  const ran = (status: string, title = 'holds 7 times'): Results => {
    const one = { ancestorTitles: ['a thing'], title, status, failureMessages: null };
    const name = join(root, 'test/a.test.ts');
    return { testResults: [{ name, message: '', assertionResults: [one] }] };
  };

  it.each([
    ['held when its tests passed', row, ran('passed'), 'held'],
    ['failed when one did not', row, ran('failed'), 'failed'],
    ['failed when it was skipped', row, ran('skipped'), 'failed'],
    ['failed when there is no such test', row, ran('passed', 'holds'), 'failed'],
    ['open without a test', untested, ran('passed'), 'open'],
    ['open when a part of it is, whatever passed', part, ran('passed'), 'open'],
  ])('%s', (_, one, results, is) => {
    expect(evaluateRow(one!, results).is).toBe(is);
  });
});
