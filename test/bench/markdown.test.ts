/** The figures as `docs/performance.md` shows them. */
import { expect, it } from 'vitest';
import { asMarkdown, withFigures } from './markdown.js';

const ended = { name: 'quick', measures: 'nothing', seconds: 2, load: [0.5, 1] as const };

it('a bench is a table, with what is missed and why below', () => {
  const figure = { what: 'used', value: 0.7, unit: '×', reason: 'too slow' } as const;
  const goal = { is: 'atLeast', pass: 0.8 } as const;
  const findings = { figures: [{ ...figure, goal }], notes: ['a note'] };
  expect(asMarkdown([{ ...ended, findings }]).split('\n')).toEqual([
    ...['### `quick`: nothing', '', '2 s, load 0.5 → 1.0.', ''],
    ...['| what | figure | goal | |', '|---|---|---|---|', '| used | 0.7× | ≥ 0.8× | missed |', ''],
    ...['- missed, used: too slow', '- a note', ''],
  ]);
});

it('a bench without figures says why', () => {
  expect(asMarkdown([{ ...ended, trouble: 'no luck' }])).toContain('No figures: no luck.');
});

it('they go to their place, again and again', () => {
  const page =
    'a\n<!-- figures: written by test/bench/publish.ts -->\nold\n<!-- end of figures -->\nb';
  const once = withFigures(page, 'new');
  expect(once).toContain('\n\nnew\n');
  expect(once).not.toContain('old');
  expect(withFigures(once, 'new')).toBe(once);
  expect(() => withFigures('nothing', 'new')).toThrow('no place');
});
