/**
 * What the ingress adds to an HTTP request: its processor's time a delivery, all checks on, over a bare
 * `node:http` that reads and parses it. The durable call accepts at once on our side and is not there on
 * the other; how long it takes is `ack`.
 *
 * Each round is a fresh process, sent a few thousand deliveries by this one over kept connections, of
 * which the first do not count: compiling is paid for once.
 */
import type { FromBareIngress, ToBareIngress } from './bare-ingress-process.js';
import type { Bench, Findings, Context } from './bench.js';
import { openChild } from '../harness/child.js';
import { givenDelivery, openAgent, send } from './delivery.js';
import { inTurns } from './rounds.js';
import { median, ratio } from './statistics.js';

const rounds = 6;
const warmUp = 3_000;
const counted = 4_000;
const atOnce = 8;

export const ingressCost: Bench = {
  name: 'ingress-cost',
  measures: 'CPU of the ingress a delivery ÷ bare node:http and JSON.parse',
  within: 120_000,
  isQuick: true,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const side = (kind: 'ours' | 'bare') => () => costOfOne(context, kind);
  const { a, b } = await inTurns(rounds, { a: side('ours'), b: side('bare') });
  return {
    figures: [
      { what: 'CPU a delivery', value: median(a), unit: 'ms' },
      { what: 'CPU a bare request', value: median(b), unit: 'ms' },
      {
        what: 'CPU over the bare request',
        value: ratio(median(a), median(b)),
        unit: '×',
        goal: { pass: 1.6, stretch: 1.4 },
        reason:
          'no one thing: a profile spreads what is beyond the bare request over writing the answer with its strict headers, zod and reading fields, Hono, garbage, the digests of the secret, counters',
      },
    ],
    notes: [
      `${rounds} fresh processes of each side, ${counted} deliveries of ${sample().length} bytes to each, ${atOnce} at once`,
    ],
  };
}

const sample = () => givenDelivery('1', 'where is my parcel? '.repeat(6)).body;

async function costOfOne(context: Context, kind: 'ours' | 'bare'): Promise<number> {
  const child = openChild<ToBareIngress, FromBareIngress>(context, {
    file: 'test/bench/bare-ingress-process.ts',
  });
  const ready = await child.ask(kind);
  if (!('url' in ready)) throw new Error('the ingress did not start');
  const agent = openAgent(context, atOnce);
  const body = sample();
  const cpu = async () => {
    const reported = await child.ask('cost');
    return 'cpu' in reported ? reported.cpu : NaN;
  };
  await sendAll(warmUp, () => send(ready.url, agent, body));
  const before = await cpu();
  await sendAll(counted, () => send(ready.url, agent, body));
  const cost = ((await cpu()) - before) / counted;
  agent.destroy();
  await child.kill();
  return cost;
}

/** So many, a few at once. @throws when one is not answered with 200 */
async function sendAll(count: number, sendOne: () => Promise<number>): Promise<void> {
  let left = count;
  const one = async () => {
    while (left > 0) {
      left -= 1;
      const status = await sendOne();
      if (status !== 200) throw new Error(`answered ${status}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}
