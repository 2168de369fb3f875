/**
 * What a delivery waits for its 200, over the durable call that every acknowledgement must make anyway.
 *
 * Measured: `POST /webhooks/engage` with one content, from sending to the answer, in turns with a bare
 * `signalWithStart` of the same events, at equal concurrency, each for a thread of its own; and what
 * CPU the ingress, in a process of its own, and the bare caller spent. The sender's HTTP call is in the
 * wait. Not measured: TLS, a network, a Temporal server that stores anything, and
 * workers, of which there are none.
 */
import type { WorkflowClient } from '@temporalio/client';
import { domainId, sources } from '../../simulator/seed.js';
import { createStartOptions } from '../../temporal/start-thread.js';
import { engageEvents, threadWorkflow } from '../../workflows/contract/index.js';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { openChild, type Child } from '../harness/child.js';
import { givenDelivery, openAgent, send, type GivenDelivery } from './delivery.js';
import type { FromIngress, ToIngress } from './ingress-process.js';
import { inTurns } from './rounds.js';
import { median, percentile, ratio } from './statistics.js';
import { openServer } from '../harness/temporal-server.js';

const calls = 240;
/** So many of each side that what is called often is compiled, as in a process that has run for a minute. */
const warmUp = 1_200;

export const ack: Bench = {
  name: 'ack',
  measures: 'answer to a delivery ÷ a bare signalWithStart',
  within: 60_000,
  isQuick: true,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const server = await openServer(context);
  const ingress = openChild<ToIngress, FromIngress>(context, {
    file: 'test/bench/ingress-process.ts',
  });
  const ready = await ingress.ask({ address: server.address });
  if (!('webhookUrl' in ready)) throw new Error('the ingress did not start');
  const agent = openAgent(context);
  const post = async (given: GivenDelivery) => {
    const status = await send(ready.webhookUrl, agent, given.body);
    if (status !== 200) throw new Error(`the ingress answered ${status}`);
  };
  const signal = (given: GivenDelivery) => bareCall(server.workflows, given);
  const sides = {
    a: (given: readonly GivenDelivery[]) => timesOf(given, post, () => cpuOf(ingress)),
    b: (given: readonly GivenDelivery[]) => timesOf(given, signal, ownCpu),
  };
  let number = 0;
  const figures: Figure[] = [];
  for (const atOnce of [1, 8]) {
    const next = () => givenDelivery(`${(number += 1)}`, context.chance.text(120));
    const given = () => Array.from({ length: atOnce }, next);
    const both = { a: () => sides.a(given()), b: () => sides.b(given()) };
    // An even number, for `inTurns`.
    const roundsFor = (count: number) => 2 * Math.ceil(count / atOnce / 2);
    await inTurns(roundsFor(warmUp), both);
    const { a, b } = await inTurns(roundsFor(calls), both);
    figures.push(...figuresOf(`${atOnce} at once`, a, b));
  }
  const notes = [`${calls} calls of each side and concurrency, after ${warmUp} that do not count`];
  return { figures, notes };
}

type Call = (given: GivenDelivery) => Promise<unknown>;
type Round = { readonly times: readonly number[]; readonly cpu: number };

async function timesOf(
  given: readonly GivenDelivery[],
  call: Call,
  cpu: () => Promise<number>,
): Promise<Round> {
  const times: number[] = [];
  const before = await cpu();
  await Promise.all(
    given.map(async (one) => {
      const began = performance.now();
      await call(one);
      times.push(performance.now() - began);
    }),
  );
  return { times, cpu: ((await cpu()) - before) / given.length };
}

async function cpuOf(ingress: Child<ToIngress, FromIngress>): Promise<number> {
  const reported = await ingress.ask('cost');
  return 'cpu' in reported ? reported.cpu : NaN;
}

function ownCpu(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return Promise.resolve((user + system) / 1_000);
}

function figuresOf(label: string, a: readonly Round[], b: readonly Round[]): readonly Figure[] {
  const [ours, bare] = [a, b].map((rounds) => rounds.flatMap(({ times }) => times)) as [
    number[],
    number[],
  ];
  const [cpu, bareCpu] = [a, b].map(
    (rounds) => sum(rounds.map((one) => one.cpu)) / rounds.length,
  ) as [number, number];
  const at = (share: number) => [percentile(ours, share), percentile(bare, share)] as const;
  return [
    { what: `p50, ${label}`, value: median(ours), unit: 'ms' },
    {
      what: `p50 over the bare call, ${label}`,
      value: ratio(...at(0.5)),
      unit: '×',
      goal: { pass: 1.25, stretch: 1.1 },
      reason:
        'beyond the call there are the sender’s and the ingress’s HTTP, a hop between processes on two cores; and bare calls of eight at once leave together, while deliveries come one by one',
    },
    {
      what: `p99 over the bare call, ${label}`,
      value: ratio(...at(0.99)),
      unit: '×',
      goal: { pass: 1.5 },
    },
    { what: `CPU of the ingress a delivery, ${label}`, value: cpu, unit: 'ms' },
    { what: `CPU over the bare call, ${label}`, value: ratio(cpu, bareCpu), unit: '×' },
  ];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** As the ingress makes it, and nothing else. */
async function bareCall(
  workflow: WorkflowClient,
  { threadId, events }: GivenDelivery,
): Promise<void> {
  await workflow.signalWithStart(threadWorkflow, {
    ...createStartOptions({ domainId, threadId, sourceId: sources.chat }),
    signal: engageEvents,
    signalArgs: [events],
  });
}
