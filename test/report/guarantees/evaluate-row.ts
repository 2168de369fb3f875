/** What the results say about each row. */
import { relative } from 'node:path';
import { isNamed, type Named, type Row } from './table.js';

/** As vitest's JSON reporter writes it, as far as it matters here. */
export type Results = {
  readonly testResults: readonly {
    readonly name: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
      readonly failureMessages: readonly string[] | null;
    }[];
  }[];
};

export type Outcome = {
  readonly row: Row;
  readonly is: 'held' | 'failed' | 'open';
  readonly negativeControl: 'failed as it must' | 'passed' | 'none';
  /** What failed, in a line each. */
  readonly because: readonly string[];
};

export function evaluateRow(row: Row, results: Results): Outcome {
  const shown = row.tests.flatMap((one) => problems(one, results));
  const spoilt = row.negativeControls.flatMap((one) => problems(one, results));
  const because = [...shown, ...spoilt];
  const isOpen = row.tests.length === 0 || row.open !== undefined;
  const is = because.length > 0 ? 'failed' : isOpen ? 'open' : 'held';
  // A negative control's test passes when the naive thing fails.
  const proof = spoilt.length > 0 ? 'passed' : 'failed as it must';
  return { row, is, negativeControl: row.negativeControls.length === 0 ? 'none' : proof, because };
}

/** Why this named test does not show anything: it failed, or it does not exist. */
function problems(named: Named, results: Results): readonly string[] {
  const name = [named.file, ...named.titles].join(' › ');
  const file = results.testResults.find((one) => relative('.', one.name) === named.file);
  const found = (file?.assertionResults ?? []).filter(({ ancestorTitles, title }) =>
    isNamed(named, [...ancestorTitles, title]),
  );
  if (found.length === 0) return [`${name}: no such test was run ${file?.message ?? ''}`.trim()];
  return found
    .filter(({ status }) => status !== 'passed')
    .map(({ title, status, failureMessages }) => {
      const [line = status] = (failureMessages?.[0] ?? status).split('\n');
      return `${named.file} › ${title}: ${line}`;
    });
}
