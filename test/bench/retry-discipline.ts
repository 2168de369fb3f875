/**
 * Calls that are refused, and when they are tried again: 10 % answered 429 and 5 % answered 503, with a
 * Retry-After of a second. Half of the replies' posts then end with nobody knowing whether they were
 * taken, and are looked for.
 */
import type { Figure } from './bench.js';
import { until } from '../harness/until.js';
import type { PlatformProcess } from '../harness/platform-process.js';
import type { Answered } from '../harness/platform-child.js';

const customers = 60;
const wait = 1_000;
/** A header of whole seconds and two clocks that are read one after the other. */
const tolerance = 20;
const faults = { seed: 7, '429': { rate: 0.1, ms: wait }, '5xx': { rate: 0.05, ms: wait } };

export async function retryFigures(platform: PlatformProcess): Promise<readonly Figure[]> {
  const calls: Answered[] = [];
  platform.onAnswered((call) => void calls.push(call));
  await platform.control.faults(faults);
  const threads = await Promise.all(Array.from({ length: customers }, (_, at) => says(at)));
  const done = async () => {
    const all = await Promise.all(threads.map((thread) => repliesTo(thread)));
    return all.every((count) => count > 0) ? all : undefined;
  };
  const replies = await until('replies to all', done, { within: 150_000, every: 1_000 });
  await platform.control.faults({});
  const successes = calls.filter(({ status }) => status < 400).length;
  return [
    {
      ...{ what: 'with 15 % refused: requests a success', value: calls.length / successes },
      ...{ unit: '×', goal: { pass: 1.22 } },
      reason: 'the least there can be is 1.17: it is chance that is measured with few calls',
    },
    {
      ...{ what: 'tried before Retry-After', value: tooSoon(calls), unit: 'calls' },
      goal: { pass: 0 },
    },
    {
      what: `customers of ${customers} answered more than once`,
      value: replies.filter((count) => count > 1).length,
      ...{ unit: 'people', goal: { pass: 0 } },
    },
    { what: 'calls that were refused', value: calls.length - successes, unit: 'calls' },
  ];

  async function says(at: number): Promise<string> {
    const said = { source: 'chat', identity: `refused-${at}`, body: 'my parcel?' };
    return (await platform.control.customer(said)).thread_id;
  }
  async function repliesTo(thread: string): Promise<number> {
    const { contents } = await platform.control.record(thread);
    return contents.filter(({ by }) => by.startsWith('bot:')).length;
  }
}

/** How often the same call was made again before the wait it was told was over. Pure. */
export function tooSoon(calls: readonly Pick<Answered, 'call' | 'status' | 'at'>[]): number {
  const nextAttemptAt = new Map<string, number>();
  let count = 0;
  for (const { call, status, at } of [...calls].sort((a, b) => a.at - b.at)) {
    if (at < (nextAttemptAt.get(call) ?? 0) - tolerance) count += 1;
    if (status === 429 || status === 503) nextAttemptAt.set(call, at + wait);
  }
  return count;
}
