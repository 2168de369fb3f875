/**
 * Alerts on what is tried again ever less often: they ring for a single thread, ring on as long as it lasts, and
 * resolve afterwards. Hours of scrapes, computed.
 */
import { describe, expect, it } from 'vitest';
import { firing, ruleOf, type Rule, type Scrape } from './firing.js';

const [second, minute] = [1_000, 60_000];
const scrapeEvery = 30 * second;

type Counter = { readonly name: string; readonly labels: Readonly<Record<string, string>> };

/** @param times when the counter rises by one, in milliseconds */
function scrapesOf(counter: Counter, times: readonly number[], end: number): readonly Scrape[] {
  return Array.from({ length: Math.floor(end / scrapeEvery) + 1 }, (_, index) => {
    const at = index * scrapeEvery;
    return { at, samples: [{ ...counter, value: times.filter((time) => time <= at).length }] };
  });
}

/** Times of tries with these pauses between them, until the end. */
function triesBetween(begin: number, end: number, pause: (tries: number) => number): number[] {
  const times = [begin];
  for (let last = begin; last < end;) {
    last += pause(times.length);
    if (last < end) times.push(last);
  }
  return times;
}

/** When the alert begins and ceases to fire, in milliseconds. */
function changes(rule: Rule, scrapes: readonly Scrape[]): readonly number[] {
  const fires = firing(rule, scrapes).map((groups) => groups.length > 0);
  return scrapes.flatMap(({ at }, index) =>
    fires[index] === (fires[index - 1] ?? false) ? [] : [at],
  );
}

const narrower = ({ expr, ...rest }: Rule, range: string): Rule => ({
  ...rest,
  expr: expr.replace(/\[\w+\]/, `[${range}]`),
});

const [begin, end] = [30 * minute, 6 * 60 * minute];
const silentUntil = end + 2 * 60 * minute;

describe('BatonThreadsStuck', () => {
  const counter = {
    name: 'baton_workflow_task_failures_total',
    labels: { cause: 'nondeterminism' },
  };
  const rule = ruleOf('BatonThreadsStuck');
  /** Temporal's: each attempt times out after 10 s, from the fourth on after up to ten minutes more. */
  const pause = (attempt: number) =>
    10 * second + (attempt <= 3 ? 0 : Math.min(5 * second * 2 ** (attempt - 4), 10 * minute));
  const stuck = scrapesOf(counter, triesBetween(begin, end, pause), silentUntil);

  it('rings within a minute for one stuck thread, as long as it is stuck, and then resolves', () => {
    const [from = NaN, to = NaN, ...more] = changes(rule, stuck);
    expect(from - begin).toBeLessThanOrEqual(minute);
    expect(to).toBeGreaterThan(end);
    expect(to - end).toBeLessThanOrEqual(40 * minute);
    expect(more).toEqual([]);
  });

  it('does not ring for a task that failed once or twice', () => {
    expect(changes(rule, scrapesOf(counter, [begin, begin + 10 * second], end))).toEqual([]);
  });

  it('negative control: over 15 minutes it resolves while the thread is stuck', () => {
    const [, to] = changes(narrower(rule, '15m'), stuck);
    expect(to).toBeLessThan(end);
  });
});

describe('BatonAccountRefused', () => {
  const counter = { name: 'baton_engage_requests_total', labels: { outcome: '401' } };
  const rule = ruleOf('BatonAccountRefused');
  /** As `workflows/thread/transitions/retries.ts`. */
  const pause = (tries: number) =>
    Math.min(2 * second * 2 ** (tries - 1), tries < 10 ? minute : 5 * minute);
  const refused = scrapesOf(counter, triesBetween(begin, end, pause), silentUntil);

  it('rings within three minutes for one waiting thread, as long as it waits, and then resolves', () => {
    const [from = NaN, to = NaN, ...more] = changes(rule, refused);
    expect(from - begin).toBeLessThanOrEqual(3 * minute);
    expect(to).toBeGreaterThan(end - 5 * minute);
    expect(to - end).toBeLessThanOrEqual(10 * minute);
    expect(more).toEqual([]);
  });

  it('negative control: over 5 minutes it resolves while the token is refused', () => {
    const [, to] = changes(narrower(rule, '5m'), refused);
    expect(to).toBeLessThan(end - 5 * minute);
  });
});
