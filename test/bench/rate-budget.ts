/**
 * What Baton makes of the calls the platform allows: as dense as 500 in every sliding minute, but a minute
 * is six seconds and 50 calls here, with 10,000 housekeeping calls waiting and customers who write meanwhile.
 *
 * Measured on the platform's own books: the share of the budget that is used while there is a backlog;
 * the busiest sliding minute, and answers 429; how long customers wait for their reply meanwhile. Then,
 * without a limit, 10 % of all calls are refused with 429 and 5 % with 503, both with a Retry-After of a
 * second: requests a success, and tries before that second is over.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from '@temporalio/worker';
import { taskQueues } from '../../workflows/contract/index.js';
import { bareBundle } from './bare-stack.js';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { behindHttp, serveBot } from './bench-bots.js';
import { benchBusiness } from './business.js';
import { openMeasuredStack, type MeasuredStack } from '../harness/measured-stack.js';
import { housekeeping } from './housekeeping.js';
import type { PlatformProcess } from '../harness/platform-process.js';
import { retryFigures } from './retry-discipline.js';
import { median } from './statistics.js';
import { countWithin, mostWithin } from './windows.js';

const limit = { perMinute: 50, minute: 6_000 };
const chores = { workflows: 10, each: 1_000 };
const minutes = 8;
const writing = 20;
const queue = 'bench-housekeeping';

export const rateBudget: Bench = {
  name: 'rate-budget',
  measures: `${limit.perMinute} calls a minute of ${limit.minute / 1_000} s, and refused calls`,
  within: 200_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const reply = { body: 'It arrives tomorrow.' };
  const url = await serveBot(context, () => Promise.resolve({ replies: [reply] }));
  const business = benchBusiness({ bot: behindHttp(url) });
  const stack = await openMeasuredStack(context, business, { limit });
  const budget = await budgetFigures(context, stack);
  const free = await openMeasuredStack(context, business);
  return {
    figures: [...budget, ...(await retryFigures(free.platform))],
    notes: [
      `the backlog is read for ${minutes} minutes of ${limit.minute / 1_000} s, after one that does not count`,
      'a reply’s wait is all of the turn: delivery, bot, two calls and what is between them',
    ],
  };
}

async function budgetFigures(context: Context, stack: MeasuredStack): Promise<readonly Figure[]> {
  const { platform } = stack;
  const answered: Answered[] = [];
  platform.onAnswered(({ at, status }) => void answered.push({ at, status }));
  const idle = await repliesOf(platform, 5);
  await pile(context, stack);
  // What was saved up before, and the first minute, are not the steady state.
  await pause(limit.minute);
  const from = Date.now();
  const end = pause(minutes * limit.minute);
  const waits = await repliesOf(platform, writing);
  await end;
  const to = Date.now();
  return [
    ...useFigures(answered, from, to),
    { what: 'reply, nothing else to do, p50', value: median(idle), unit: 'ms' },
    { what: 'reply behind the backlog, p50', value: median(waits), unit: 'ms' },
    ...waitFigures(waits, median(idle)),
  ];
}

type Answered = { readonly at: number; readonly status: number };

function useFigures(answered: readonly Answered[], from: number, to: number): readonly Figure[] {
  const taken = answered.filter(({ status }) => status !== 429).map(({ at }) => at);
  const most = mostWithin(taken, limit.minute);
  const used = countWithin(taken, from, to) / ((limit.perMinute * (to - from)) / limit.minute);
  return [
    {
      ...{ what: 'budget used with a backlog', value: used, unit: '×' },
      goal: { is: 'atLeast', pass: 0.97 },
      reason:
        'each reply waits until there is room for all its three calls: with 50 in all that is seen, with 500 a tenth of it',
    },
    {
      ...{ what: 'calls in the busiest minute', value: most, unit: 'calls' },
      goal: { pass: limit.perMinute },
    },
    {
      what: 'answers 429',
      value: answered.length - taken.length,
      ...{ unit: 'answers', goal: { pass: 0 } },
    },
  ];
}

function waitFigures(waits: readonly number[], idle: number): readonly Figure[] {
  const goal = { pass: 1_000 };
  const what = 'longer than with nothing else to do';
  const longest = Math.max(...waits) - idle;
  return [
    { what: `${what}, p50`, value: median(waits) - idle, unit: 'ms', goal },
    { what: `${what}, longest`, value: longest, unit: 'ms', goal, reason: oneByOne },
  ];
}

const oneByOne =
  'a free place at the worker, Temporal’s own limit and two calls are waited for one after the other, 0.12 s each with this budget of 50 in 6 s; what else the slowest waited for is not taken apart';

/** Ten thousand calls that wait, on a thread of nobody's. */
async function pile(context: Context, { server, platform }: MeasuredStack): Promise<void> {
  const said = { source: 'messages', identity: 'nobody', body: 'hello' };
  const { thread_id: threadId } = await platform.control.customer(said);
  const worker = await Worker.create({
    connection: server.nativeConnection,
    taskQueue: queue,
    workflowBundle: await bareBundle('housekeeping.ts'),
  });
  const ended = worker.run();
  const args = [{ queue: taskQueues.engage, threadId, count: chores.each }] as const;
  const begun = Array.from({ length: chores.workflows }, (_, at) =>
    server.workflows.start(housekeeping, {
      ...{ workflowId: `chores-${at}`, taskQueue: queue, args: [args[0]] },
    }),
  );
  const handles = await Promise.all(begun);
  context.atTheEnd(async () => {
    await Promise.all(handles.map((one) => one.terminate().catch(() => undefined)));
    worker.shutdown();
    await ended;
  });
}

/** Customers one after the other; of each, how long the reply took. */
async function repliesOf(platform: PlatformProcess, count: number): Promise<readonly number[]> {
  const waits: number[] = [];
  for (let customer = 0; customer < count; customer += 1) {
    const identity = `in-a-hurry-${Math.random()}`;
    const began = Date.now();
    const said = { source: 'chat', identity, body: 'my parcel?' };
    const { thread_id: thread } = await platform.control.customer(said);
    await platform.untilPosted(thread, 1);
    waits.push((platform.postedAt(thread)[0] ?? NaN) - began);
    await pause(300);
  }
  return waits;
}
