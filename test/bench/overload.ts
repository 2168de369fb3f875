/**
 * Three times as many deliveries as can be taken, for 20 s: what is taken meanwhile, how long anybody
 * waits for an answer, what the others receive, and how soon all is as before.
 *
 * Capacity is what a few callers get who send again when they are answered, through the same ingress, to
 * the same server, from the same process that sends the flood: it shares the machine's cores with both,
 * before, during and after. It has 512 connections, as a proxy in front keeps them: one that opened a new
 * one for each delivery would wait for Node to accept it, which takes few at a time. The threads' workers
 * do not run; they would be the bottleneck, and it is the ingress that must not be silent.
 */
import type { Bench, Figure, Findings, Context } from './bench.js';
import { openChild, type Child } from '../harness/child.js';
import type { FromFlood, Sent, ToFlood } from './flood-process.js';
import type { FromIngress, ToIngress } from './ingress-process.js';
import { memoryOf } from '../harness/process-cost.js';
import { percentile, ratio } from './statistics.js';
import { openServer } from '../harness/temporal-server.js';

const atOnce = 16;
const times = 3;
const seconds = { warmUp: 4, capacity: 10, flood: 20, after: 10 };
const late = 1_000;

export const overload: Bench = {
  name: 'overload',
  measures: `${times} times its capacity for ${seconds.flood} s`,
  within: 100_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const server = await openServer(context);
  const ingress = openChild<ToIngress, FromIngress>(context, {
    file: 'test/bench/ingress-process.ts',
  });
  const ready = await ingress.ask({ address: server.address });
  if (!('webhookUrl' in ready)) throw new Error('the ingress did not start');
  const url = ready.webhookUrl;
  const sender: Sender = openChild(context, { file: 'test/bench/flood-process.ts' });
  await sender.ask({ url, atOnce, seconds: seconds.warmUp });
  const before = await sender.ask({ url, atOnce, seconds: seconds.capacity });
  const capacity = rateOf(before.sent, seconds.capacity);
  const memory = watchMemory(ingress.pid);
  const during = await sender.ask({ url, perSecond: times * capacity, seconds: seconds.flood });
  const grown = memory.end();
  const after = await sender.ask({ url, atOnce, seconds: seconds.after });
  const steady = secondsUntil(after.sent, 0.95 * capacity);
  return {
    figures: figuresOf({ capacity, before: before.sent, sent: during.sent, grown, steady }),
    notes: [
      `capacity: ${atOnce} callers for ${seconds.capacity} s; the flood asked for ${Math.round(times * capacity)} a second and sent ${Math.round(during.sent.length / seconds.flood)}`,
    ],
  };
}

type Sender = Child<ToFlood, FromFlood>;

type Measured = {
  readonly capacity: number;
  readonly before: readonly Sent[];
  readonly sent: readonly Sent[];
  readonly grown: number;
  readonly steady: number;
};

function figuresOf({ capacity, before, sent, grown, steady }: Measured): readonly Figure[] {
  const waits = (of: readonly Sent[]) => of.map(([, took]) => took);
  const isTaken = ([, , status]: Sent) => status === 200;
  const others = sent.filter((one) => !isTaken(one) && one[2] !== 503);
  const goodput = rateOf(sent, seconds.flood);
  return [
    { what: 'capacity', value: capacity, unit: 'deliveries/s' },
    { what: 'answer at capacity, p99', value: percentile(waits(before), 0.99), unit: 'ms' },
    ...lateFigures(sent),
    { what: 'latest answer', value: Math.max(...waits(sent)), unit: 'ms' },
    {
      ...{ what: 'neither taken nor refused with 503', value: others.length, unit: 'answers' },
      goal: { pass: 0 },
    },
    {
      ...{
        what: 'taken during the flood over capacity',
        value: ratio(goodput, capacity),
        unit: '×',
      },
      goal: { is: 'atLeast', pass: 0.9, stretch: 0.95 },
      reason:
        'sender, ingress and server share two cores: each refusal takes its time from the taking',
    },
    { what: 'seconds until it is as before', value: steady, unit: 's', goal: { pass: 5 } },
    {
      ...{ what: 'memory of the ingress, at most', value: grown, unit: '×', goal: { pass: 1.3 } },
      reason: 'over what it was before 512 connections were made; not taken apart',
    },
  ];
}

function lateFigures(sent: readonly Sent[]): readonly Figure[] {
  const isLate = ([, took]: Sent) => took > late;
  const early = sent.filter(([at]) => at < 2_000).filter(isLate);
  return [
    {
      ...{ what: 'answers later than a second', value: sent.filter(isLate).length },
      ...{ unit: 'answers', goal: { pass: 0 } },
      reason:
        'sender, ingress and server share two cores; those of the flood’s first two seconds are told below',
    },
    { what: 'of them in the first two seconds', value: early.length, unit: 'answers' },
  ];
}

/** Taken a second: answered with 200, while it was sent. */
function rateOf(sent: readonly Sent[], within: number): number {
  const taken = sent.filter(([at, took, status]) => status === 200 && at + took <= within * 1_000);
  return taken.length / within;
}

/** The first second from which on it is as before, or as many as were looked at. Pure. */
export function secondsUntil(sent: readonly Sent[], rate: number): number {
  const bins = new Array<number>(seconds.after).fill(0);
  for (const [at, took, status] of sent) {
    const bin = Math.floor((at + took) / 1_000);
    if (status === 200 && bin < bins.length) bins[bin] = (bins[bin] ?? 0) + 1;
  }
  // Any two seconds together: one alone is chance.
  const found = bins.findIndex((count, at) => (count + (bins[at + 1] ?? 0)) / 2 >= rate);
  return found === -1 ? bins.length : found;
}

function watchMemory(pid: number): { readonly end: () => number } {
  const before = memoryOf(pid);
  let most = before;
  const look = () => void (most = Math.max(most, memoryOf(pid)));
  const timer = setInterval(look, 200);
  return {
    end() {
      clearInterval(timer);
      look();
      return ratio(most, before);
    },
  };
}
