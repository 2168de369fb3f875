/** The figures that are looked at while something grows: an acknowledgement, a turn, memory. */
import type { Figure } from './bench.js';
import { costOf } from './cost.js';
import type { MeasuredStack } from '../harness/measured-stack.js';
import { domainId } from '../../simulator/seed.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { untilStill } from './history.js';
import { memoryOf } from '../harness/process-cost.js';
import { median } from './statistics.js';
import { newWriter, type Writer } from './writers.js';

export type Cost = {
  readonly title: string;
  readonly unit: Figure['unit'];
  readonly value: number;
};
export type Costs = Readonly<
  Record<'ack' | 'turn' | 'cpu' | 'events' | 'worker' | 'temporal', Cost>
>;

const writers = 10;
const turns = 3;

/** With whatever there is now. */
export async function costOfNow(stack: MeasuredStack): Promise<Costs> {
  const all: Writer[] = [];
  for (let at = 0; at < writers; at += 1) all.push(await newWriter(stack.platform));
  return costsOf(stack, all);
}

export async function costsOf(stack: MeasuredStack, all: readonly Writer[]): Promise<Costs> {
  return { ...(await turnsOf(stack, all)), ...memoryNow(stack) };
}

/** One after the other: what is waited for is the turn, not another's. */
async function turnsOf(
  { server, platform }: MeasuredStack,
  all: readonly Writer[],
): Promise<Pick<Costs, 'ack' | 'turn' | 'cpu' | 'events'>> {
  const [acks, times, cpus, events]: [number[], number[], number[], number[]] = [[], [], [], []];
  platform.onDelivered(({ isCustomers, took }) => {
    if (isCustomers) acks.push(took);
  });
  for (const { thread, says } of all) {
    const workflow = server.workflows.getHandle(threadWorkflowId(domainId, thread));
    const before = await untilStill(workflow);
    for (let turn = 0; turn < turns; turn += 1) {
      const { wall, cpu } = await costOf(says);
      times.push(wall);
      cpus.push(cpu);
    }
    events.push(((await untilStill(workflow, before)) - before) / turns);
  }
  return {
    ack: { title: 'acknowledgement p50', unit: 'ms', value: median(acks) },
    turn: { title: 'turn p50', unit: 'ms', value: median(times) },
    cpu: { title: 'CPU a turn', unit: 'ms', value: median(cpus) },
    events: { title: 'history events a turn', unit: 'events', value: median(events) },
  };
}

function memoryNow({ server }: MeasuredStack): Pick<Costs, 'worker' | 'temporal'> {
  return {
    worker: {
      ...{ title: 'memory of ingress and worker', unit: 'bytes' },
      value: process.memoryUsage().rss,
    },
    temporal: { title: 'memory of Temporal', unit: 'bytes', value: memoryOf(server.pid) },
  };
}
