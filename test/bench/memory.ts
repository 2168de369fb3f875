/**
 * What an open thread costs a worker that has it in memory, and what it carries from run to run.
 *
 * Measured: the JavaScript heap of a worker process, its garbage collected, with and without 200 threads
 * that a human has: after one message, and after 50 of 200 characters, of which a thread keeps the last
 * 40. Beside it, in the same process, workflows that only wait. And the input of the run that begins
 * after 2,000 events with those 50 messages. Not measured: the memory of Temporal's native part (`whole`
 * process is printed and shared by all), of its server, and threads in the middle of a turn.
 */
import { categories, domainId, sources, users } from '../../simulator/seed.js';
import { createStartOptions } from '../../temporal/start-thread.js';
import {
  describeQuery,
  engageEvents,
  threadWorkflow,
  threadWorkflowId,
  type EngageEvent,
} from '../../workflows/contract/index.js';
import { bare, isThere } from './bare-workflow.js';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { openChild, type Child } from '../harness/child.js';
import { bareQueue, type FromHeap, type ToHeap } from './heap-process.js';
import { inBatches, until } from '../harness/until.js';
import { openPlatformProcess } from '../harness/platform-process.js';
import { inTurns } from './rounds.js';
import { ratio } from './statistics.js';
import { openServer, type TemporalServer } from '../harness/temporal-server.js';

const threads = 200;
const few = 5;
const messages = 50;
const length = 200;
/** More than a run's history may have. */
const repetitions = 2_100;

/** Threads by how their ids begin: the platform must know them all. */
const talking = { first: few, short: threads, long: threads, carried: 1 };

export const memory: Bench = {
  name: 'memory',
  measures: `${threads} idle threads in a worker, and what a thread carries`,
  within: 150_000,
  run: measure,
};

type Heap = Child<ToHeap, FromHeap>;

async function measure(context: Context): Promise<Findings> {
  const server = await openServer(context);
  const heap: Heap = openChild(context, {
    file: 'test/bench/heap-process.ts',
    nodeArguments: ['--expose-gc'],
    env: { TEMPORAL_DEBUG: '1' },
  });
  const threadIds = Object.entries(talking).flatMap(([prefix, count]) => idsOf(prefix, count));
  const platform = await openPlatformProcess(context, { threadIds });
  const { workflowBundle } = context;
  await heap.ask({ address: server.address, engageUrl: platform.url, workflowBundle });
  const text = (size: number) => context.chance.text(size);
  const saying = (count: number) => (id: string) => talk(server, id, eventsOf(id, count, text));
  // What the first of a kind needs is not theirs alone.
  await inBatches(idsOf('first-bare', few), 10, (id) => wait(server, id));
  await inBatches(idsOf('first', few), 10, saying(messages));

  const growth = growthOf(heap);
  await growth();
  await inBatches(idsOf('bare', threads), 10, (id) => wait(server, id));
  const waiting = perPiece([await growth()], threads);
  const half = threads / 2;
  const begun = { short: idsOf('short', threads), long: idsOf('long', threads) };
  const round = (kind: 'short' | 'long', count: number) => async () => {
    await inBatches(begun[kind].splice(0, half), 10, saying(count));
    return growth();
  };
  // In turns, because what all of them share grows a little too.
  const both = await inTurns(2, { a: round('short', 1), b: round('long', messages) });
  const [short, long] = [perPiece(both.a, threads), perPiece(both.b, threads)];
  const carried = await carriedBy(server, eventsOf('carried-0', messages, text));
  return { figures: figuresOf({ waiting, short, long }, carried), notes: [] };
}

type Grown = { readonly heap: number; readonly whole: number };
type All = { readonly waiting: Grown; readonly short: Grown; readonly long: Grown };

function figuresOf({ waiting, short, long }: All, carried: number): readonly Figure[] {
  return [
    { what: 'heap of a workflow that only waits', value: waiting.heap, unit: 'bytes' },
    { what: 'heap of a thread, 1 message', value: short.heap, unit: 'bytes' },
    {
      what: 'over one that only waits',
      value: ratio(short.heap, waiting.heap),
      unit: '×',
      goal,
      reason,
    },
    { what: `heap of a thread, ${messages} messages`, value: long.heap, unit: 'bytes' },
    { what: 'over one that only waits', value: ratio(long.heap, waiting.heap), unit: '×' },
    { what: `whole process, a thread of ${messages} messages`, value: long.whole, unit: 'bytes' },
    { what: `carried to the next run, ${messages} messages`, value: carried, unit: 'bytes' },
  ];
}

const goal = { pass: 1.5 };
const reason =
  'Temporal evaluates our modules anew for each workflow in memory: their functions are half of it, state and handlers the rest';

/** Each time it is asked: by how much more, since it was last asked. */
function growthOf(heap: Heap): () => Promise<Grown> {
  let last: Grown = { heap: 0, whole: 0 };
  return async () => {
    const now = await heap.ask('measure');
    if (now === 'ready') throw new Error('it is ready only once');
    const grown = { heap: now.heap - last.heap, whole: now.whole - last.whole };
    last = now;
    return grown;
  };
}

function perPiece(rounds: readonly Grown[], pieces: number): Grown {
  const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
  return {
    heap: sum(rounds.map(({ heap }) => heap)) / pieces,
    whole: sum(rounds.map(({ whole }) => whole)) / pieces,
  };
}

function idsOf(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
}

/** Begins a workflow that waits, and sees that it does. */
async function wait({ workflows }: TemporalServer, workflowId: string): Promise<void> {
  const handle = await workflows.start(bare, { workflowId, taskQueue: bareQueue });
  await handle.query(isThere);
}

/** Begins a thread with all this, and sees that it is idle. */
async function talk(
  { workflows }: TemporalServer,
  threadId: string,
  events: readonly EngageEvent[],
): Promise<void> {
  const handle = await workflows.signalWithStart(threadWorkflow, {
    ...createStartOptions({ domainId, threadId, sourceId: sources.chat }),
    signal: engageEvents,
    signalArgs: [events],
  });
  await until(
    'an idle thread',
    async () => {
      const card = await handle.query(describeQuery).catch(() => undefined);
      return card?.phase === 'agent' && card.doing === undefined ? true : undefined;
    },
    { every: 200 },
  );
}

/** An agent and a customer, in turns; the agent first, so that the thread is the human's from the start. */
function eventsOf(
  threadId: string,
  count: number,
  text: (length: number) => string,
): readonly EngageEvent[] {
  const now = Date.now();
  return Array.from({ length: count }, (_, index): EngageEvent => {
    const isAgent = index % 2 === 0;
    const creator = isAgent ? { creatorId: users['agent-1'] } : { authorId: `of-${threadId}` };
    const content = {
      ...{ id: `${threadId}-content-${index}`, sourceId: sources.chat, body: text(length) },
      ...{ isPrivate: true, hasAttachment: false, categoryIds: [categories.agent], ...creator },
    };
    const issuedAt = now - (count - index) * 1_000;
    const fact = { id: `${threadId}-event-${index}`, issuedAt, content };
    if (!isAgent) return { ...fact, type: 'content.imported' };
    return { ...fact, type: 'content.replied', userId: users['agent-1'] };
  });
}

/** The same delivery again and again, which teaches the thread nothing, until it begins a new run. */
async function carriedBy(server: TemporalServer, events: readonly EngageEvent[]): Promise<number> {
  await talk(server, 'carried-0', events);
  const handle = server.workflows.getHandle(threadWorkflowId(domainId, 'carried-0'));
  const again = Array.from({ length: repetitions }, () => events.slice(0, 1));
  await inBatches(again, 20, (event) => handle.signal(engageEvents, event));
  return until('the next run', async () => {
    const { events: history = [] } = await handle.fetchHistory();
    const started = history?.[0]?.workflowExecutionStartedEventAttributes;
    const isNext = Boolean(started?.continuedExecutionRunId);
    return isNext ? started?.input?.payloads?.[0]?.data?.length : undefined;
  });
}
