/** What a reader of `npm run chaos` sees, and what counts as missed. */
import { describe, expect, it } from 'vitest';
import { rateCell, shortfalls, type Cell } from './slice.js';
import { formatSlices } from './table.js';

const none = { lost: 0, unanswered: 0, twice: 0, halfOpen: 0, ambiguous: 0 };
const cell: Cell = { what: 'SIGKILL: here', struck: 3, turns: 80, acknowledged: 120, ...none };

describe('a cell', () => {
  it.each([
    ['held when every promise was kept', {}, 'held'],
    ['held although a worker had to look', { ambiguous: 2 }, 'held'],
    ['broken when an acknowledged event is lost', { lost: 1 }, 'broken'],
    ['broken when a content has no reply', { unanswered: 1 }, 'broken'],
    ['broken when something was said twice', { twice: 1 }, 'broken'],
    ['broken when a handover is half open', { halfOpen: 1 }, 'broken'],
    [
      'caught when a negative control broke what it must',
      { negativeControl: 'twice', twice: 1 },
      'caught',
    ],
    [
      'not caught when it broke something else',
      { negativeControl: 'twice', lost: 1 },
      'not caught',
    ],
  ] as const)('is %s', (_, changed, outcome) => {
    expect(rateCell({ ...cell, ...changed })).toBe(outcome);
  });
});

describe('a slice', () => {
  it('falls short without cells, with broken ones, with too few turns, with cells not played', () => {
    expect(shortfalls({ cells: [], notes: [] })).toEqual(['nothing was done']);
    const cells = [cell, { ...cell, what: 'cut: here', lost: 1 }];
    const atLeast = { turns: 500, acknowledged: 200 };
    expect(shortfalls({ cells, atLeast, troubles: ['there: nobody came'], notes: [] })).toEqual([
      'there: nobody came',
      'cut: here: broken',
      '160 turns of 500',
    ]);
  });

  it('does not count what negative controls did', () => {
    const naive: Cell = { ...cell, negativeControl: 'lost', lost: 1 };
    const atLeast = { turns: 81 };
    expect(shortfalls({ cells: [cell, naive], atLeast, notes: [] })).toEqual(['80 turns of 81']);
  });
});

describe('the table', () => {
  it('has a line a cell, under its slice', () => {
    const findings = { cells: [{ ...cell, firstReply: 1_240, lost: 1_000 }], notes: ['a note'] };
    const lines = formatSlices([
      { name: 'kill', shows: 'SIGKILL', seconds: 61.2, load: [0, 0], findings },
      { name: 'cut', shows: 'resets', seconds: 1, load: [0, 0], trouble: 'no luck' },
    ]);
    expect(lines.map((line) => line.trim().replace(/ {2,}/g, ' | '))).toEqual([
      'struck | turns | acknowledged | lost | unanswered | twice | half open | ambiguous | first reply | last reply',
      'kill: SIGKILL (61 s)',
      'SIGKILL: here | 3 | 80 | 120 | 1,000 | 0 | 0 | 0 | 0 | 1.2 s | – | broken',
      'a note',
      'MISSED SIGKILL: here: broken',
      'cut: resets (1 s)',
      'no cells: no luck',
    ]);
  });
});
