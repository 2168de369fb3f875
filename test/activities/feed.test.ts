/** Reading a growing list from a time onwards: exactly what lies between, wherever the hint points. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  frontier,
  hintFor,
  newFeed,
  nextPage,
  pageSize,
  takePage,
  type Dated,
  type Feed,
} from '../../activities/reconcile/feed.js';

const second = 1_000;

function listOf(times: readonly number[]): readonly Dated[] {
  return [...times].sort((a, b) => a - b).map((at, i) => ({ id: `${i}`, created_at: at * second }));
}

type Reading = { readonly feed: Feed<Dated>; readonly calls: number };

function readAll(list: readonly Dated[], begun: Feed<Dated>, limit = Infinity): Reading {
  let [feed, calls] = [begun, 0];
  for (; !feed.isComplete && calls < limit; calls += 1) {
    if (calls > 100) throw new Error('it does not come to an end');
    const { offset, limit: size } = nextPage(feed);
    const records = list.slice(offset, offset + size);
    feed = takePage(feed, { count: list.length, records, answeredAt: undefined });
  }
  return { feed, calls };
}

const times = fc.array(fc.nat({ max: 300 }), { maxLength: 1_200 });
const between = (list: readonly Dated[], from: number, until: number) =>
  list.filter(({ created_at: at }) => at >= from && at < until).map(({ id }) => id);

describe('a list read from a time', () => {
  it('has exactly what lies between, from any hint', () => {
    const any = fc.tuple(times, fc.nat(310), fc.nat(310), fc.nat(2_000));
    fc.assert(
      fc.property(any, ([given, a, b, offset]) => {
        const list = listOf(given);
        const [from, until] = [Math.min(a, b) * second, Math.max(a, b) * second];
        const { feed } = readAll(list, newFeed({ from, until }, { offset, isExact: false }));
        const found = feed.found.map(({ record }) => record.id);
        expect(found).toEqual(between(list, from, until));
      }),
      { numRuns: 300 },
    );
  });

  it('read in part, has everything before its frontier', () => {
    fc.assert(
      fc.property(fc.tuple(times, fc.nat(300), fc.nat(8)), ([given, a, limit]) => {
        const list = listOf(given);
        const [from, until] = [a * second, 400 * second];
        const begun = newFeed<Dated>({ from, until }, { offset: 0, isExact: false });
        const { feed } = readAll(list, begun, limit);
        const known = new Set(feed.found.map(({ record }) => record.id));
        const due = between(list, from, frontier(feed));
        expect(due.filter((id) => !known.has(id))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('costs one call when the hint is right, and two more when the list has shifted', () => {
    const list = listOf(Array.from({ length: 10_000 }, (_, i) => i));
    const time = { from: 9_900 * second, until: 9_999 * second };
    const calls = (offset: number) =>
      readAll(list, newFeed<Dated>(time, { offset, isExact: false })).calls;
    expect(calls(9_899)).toBe(1);
    expect(calls(9_910)).toBe(3);
    expect(calls(0)).toBe(2);
  });

  it('is found in a long list in few calls', () => {
    const list = listOf(Array.from({ length: 1_000_000 }, (_, i) => i));
    const time = { from: 500_000 * second, until: 500_100 * second };
    const { calls } = readAll(list, newFeed<Dated>(time, { offset: 0, isExact: false }));
    expect(calls).toBeLessThanOrEqual(16);
  });

  it('gives the next reading a hint that is right', () => {
    const list = listOf(Array.from({ length: 3_000 }, (_, i) => Math.floor(i / 3)));
    const first = { from: 900 * second, until: 990 * second };
    const { feed } = readAll(list, newFeed<Dated>(first, { offset: 0, isExact: false }));
    const next = { from: 980 * second, until: 999 * second };
    const offset = hintFor(feed, next.from);
    expect(readAll(list, newFeed<Dated>(next, { offset, isExact: false })).calls).toBe(1);
  });

  it('keeps the place of a record that cannot be understood, and counts it', () => {
    const list: (Dated | undefined)[] = [...listOf(Array.from({ length: 400 }, (_, i) => i))];
    list[200] = undefined;
    let feed = newFeed<Dated>({ from: 0, until: 500 * second }, { offset: 0, isExact: true });
    for (; !feed.isComplete;) {
      const records = list.slice(feed.offset, feed.offset + pageSize);
      feed = takePage(feed, { count: list.length, records, answeredAt: undefined });
    }
    expect(feed.found).toHaveLength(399);
    expect(feed.unreadable).toBe(1);
  });
});
