/**
 * How long a new customer waits after a crash: 500 open threads that all have something to do, because
 * something happened in each while no worker ran, and one customer who writes when a worker starts. Each
 * thread is loaded from its history.
 *
 * By cores, as in production, beside 40 workflow tasks at once, the SDK's default. Each on an idle machine, and
 * while other processes compute, as when everything restarts at once.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import type { temporal } from '@temporalio/proto';
import { domainId } from '../../simulator/seed.js';
import { concurrencyOf, type Concurrency } from '../../worker/concurrency.js';
import { engageEvents, threadWorkflowId } from '../../workflows/contract/index.js';
import type { TemporalServer } from '../harness/temporal-server.js';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { script } from './business.js';
import { openKillableBaton } from './killable-baton.js';
import { agentWrote, fill } from './open-threads.js';
import { eachOf } from './writers.js';

const threads = 500;
/** Processes that compute from the moment the worker polls, and threads with something to do then. */
const [others, threadsThen] = [20, 120];
/** Milliseconds after which the queue of the killed worker gives tasks up, so that all are in line. */
const inLine = 11_000;
const atOnce = 16;
/** Milliseconds; who waits longer has waited too long for the figures. */
const longest = 100_000;

export const restart: Bench = {
  name: 'restart',
  measures: `first reply to a new customer after a crash with ${threads} open threads`,
  within: 480_000,
  run: measure,
};

const reason =
  'the first task of a new thread waits behind those of all threads that were in line before it';

const naive: Concurrency = { ...concurrencyOf(), workflowTasks: 40 };

async function measure(context: Context): Promise<Findings> {
  const own = concurrencyOf();
  const figures: Figure[] = [];
  const crashed = await openCrashed(context);
  const cases = [
    { of: own, busy: 0, count: threads },
    { of: naive, busy: others, count: threadsThen },
    { of: own, busy: others, count: threadsThen },
  ];
  for (const { of, busy, count } of cases) {
    const { waited, handled, timedOut } = await crashed.restart(of, busy, count);
    const around = busy === 0 ? 'idle' : `${busy} others compute`;
    const what = `${of.workflowTasks} tasks at once, ${count} threads, ${around}`;
    const figure: Figure = { what: `${what}: first reply`, value: waited / 1_000, unit: 's' };
    figures.push(busy === 0 ? { ...figure, goal: { pass: 10 }, reason } : figure);
    figures.push({ what: `${what}: all threads loaded`, value: handled / 1_000, unit: 's' });
    const tasks: Figure = { what: `${what}: timed out`, value: timedOut, unit: 'tasks' };
    figures.push(of === naive ? tasks : { ...tasks, goal: { pass: 0 } });
    context.say?.(
      `${what}: ${Math.round(waited)} ms, all ${Math.round(handled)} ms, ${timedOut} timed out`,
    );
  }
  return {
    figures,
    notes: [`in each of the threads an agent wrote while no worker ran`],
  };
}

/** Milliseconds from the moment the worker polls. */
type Restarted = {
  readonly waited: number;
  /** Until every thread has handled what happened meanwhile. */
  readonly handled: number;
  /** Workflow tasks that were begun and not ended in time. */
  readonly timedOut: number;
};

type Crashed = {
  restart(of: Concurrency, busy: number, count: number): Promise<Restarted>;
};

/** A Baton with open threads; it does not run between two restarts. */
async function openCrashed(context: Context): Promise<Crashed> {
  const bot = { scripted: script };
  const { server, platform, start } = await openKillableBaton(context, { bot, timeScale: 1_000 });
  const first = await start();
  await fill({ server }, context.chance, 0, threads);
  await first.kill();
  let customers = 0;
  return {
    async restart(of, busy, count) {
      const ids = idsOf(count);
      await writeIn(ids, context, server);
      await pause(inLine);
      const child = await start(of);
      const burners = Array.from({ length: busy }, () => compute(context));
      const began = performance.now();
      const identity = `new-${(customers += 1)}`;
      const says = { source: 'chat', identity, body: 'my parcel?' };
      const { thread_id: thread } = await platform.control.customer(says);
      const tooLong = pause(longest, undefined, { ref: false });
      await Promise.race([platform.untilPosted(thread, 1), tooLong]);
      const waited = performance.now() - began;
      const timedOut = await untilHandled(ids, server);
      const handled = performance.now() - began;
      for (const one of burners) one.kill('SIGKILL');
      await child.kill();
      return { waited, handled, timedOut };
    },
  };
}

/** An agent writes in each thread; nobody handles it yet. */
async function writeIn(
  ids: readonly string[],
  { chance }: Context,
  { workflows }: TemporalServer,
): Promise<void> {
  await eachOf(ids, atOnce, async (threadId) => {
    const event = agentWrote(threadId, chance.text(120), `${Date.now()}`);
    await workflows.getHandle(threadWorkflowId(domainId, threadId)).signal(engageEvents, [event]);
  });
}

function idsOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `open-${at}`);
}

/**
 * Waits until every thread has handled what it was sent.
 *
 * @returns workflow tasks that a worker had begun and not ended in time, of all threads
 */
async function untilHandled(
  ids: readonly string[],
  { workflows }: TemporalServer,
): Promise<number> {
  let left = ids;
  let timedOut = 0;
  const end = performance.now() + longest;
  while (left.length > 0 && performance.now() < end) {
    const open: string[] = [];
    await eachOf(left, atOnce, async (threadId) => {
      const workflow = workflows.getHandle(threadWorkflowId(domainId, threadId));
      const { events } = await workflow.fetchHistory();
      if (isHandled(events ?? [])) timedOut += timedOutOf(sinceSent(events ?? []));
      else open.push(threadId);
    });
    left = open;
    if (left.length > 0) await pause(1_000);
  }
  return timedOut;
}

type Events = readonly temporal.api.history.v1.IHistoryEvent[];

function sinceSent(events: Events): Events {
  return events.slice(events.findLastIndex((one) => one.workflowExecutionSignaledEventAttributes));
}

function isHandled(events: Events): boolean {
  return sinceSent(events).some((one) => one.workflowTaskCompletedEventAttributes);
}

/** The enum value of the protocol. */
const startToClose = 1;

function timedOutOf(events: Events): number {
  const all = events.map((one) => Number(one.workflowTaskTimedOutEventAttributes?.timeoutType));
  return all.filter((type) => type === startToClose).length;
}

/** A process that only computes. */
function compute(context: Context): ChildProcess {
  const child = spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' });
  context.atTheEnd(() => Promise.resolve(child.kill('SIGKILL')));
  return child;
}
