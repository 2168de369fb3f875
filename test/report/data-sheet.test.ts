/** What is written down as measured is what was measured: no row without a run, none left out. */
import { describe, expect, it } from 'vitest';
import { pagePath, readFigures } from './data-sheet/files.js';
import { withRuns, type Figures } from './data-sheet/kept.js';
import { intoPage, formatFigures } from './data-sheet/format.js';
import { read } from '../harness/source-files.js';

const machine = { cores: 2, processor: 'P', memoryBytes: 1, node: 'v20', platform: 'x', load: 0 };
const run = { at: '2026-01-01T00:00:00Z', machine, seed: 1 };
const ended = { seconds: 1, load: [0, 0] } as const;
const none: Figures = { bench: [], chaos: [], security: [], simulate: [] };
const bench = (name: string, value: number) => {
  const figure = {
    what: 'wait',
    value,
    unit: 'ms',
    goal: { pass: 10 },
    reason: 'it is far',
  } as const;
  return { ...ended, name, measures: name, findings: { figures: [figure], notes: [] } };
};
const counts = { struck: 1, turns: 20, acknowledged: 30, unanswered: 0, twice: 0, ambiguous: 0 };

describe('figures', () => {
  it('of a part that ran again take the place of its own, and of no others', () => {
    const first = withRuns(none, { bench: { ...run, benches: [bench('a', 1), bench('b', 2)] } });
    const { bench: kept } = withRuns(first, {
      bench: { ...run, seed: 2, benches: [bench('b', 3)] },
    });
    const values = kept.map(({ seed, part }) => [seed, part.findings?.figures[0]?.value]);
    expect(values).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  it('that miss their goal are listed as missed, with the reason', () => {
    const lines = formatFigures(withRuns(none, { bench: { ...run, benches: [bench('a', 11)] } }));
    expect(lines).toContain('| a: wait | `npm run bench -- a` | 11 ms | ≤ 10 ms: **missed** | – |');
    expect(lines).toContain('- *Missed*, a, wait: it is far');
  });

  it('of chaos are sums over what was not sabotaged', () => {
    const cells = [
      { ...counts, what: 'SIGKILL', lost: 0, halfOpen: 0 },
      { ...counts, what: 'naive', lost: 7, halfOpen: 0, negativeControl: 'lost' as const },
    ];
    const slice = { ...ended, name: 'kill', shows: 'kills', findings: { cells, notes: [] } };
    const [, , line] = formatFigures(withRuns(none, { chaos: { ...run, slices: [slice] } }));
    expect(line).toContain(
      'lost 0 of 30 acknowledged<br>unanswered 0 and said twice 0 of 20 turns',
    );
    expect(line).toContain('| held | naive: caught |');
  });
});

it('the last simulation has a row, and a seed that broke something is no success', () => {
  const totals = { seeds: 9, conversations: 1_000, contents: 2_000, years: 3.21, kept: 4 };
  const row = (broken: number) => {
    const simulate = { ...run, totals: { ...totals, broken } };
    return formatFigures(withRuns(none, { simulate })).find((line) => line.includes('9 seeds'));
  };
  expect(row(0)).toContain('2,000 contents of customers in 1,000 conversations');
  expect(row(0)).toContain('| held |');
  expect(row(2)).toContain('**missed**: 2 seeds');
});

describe('docs/guarantees.md', () => {
  it('says what docs/figures has, word for word: `npm run report -- data-sheet`', () => {
    const page = read(pagePath);
    expect(intoPage(page, readFigures())).toBe(page);
  });
});
