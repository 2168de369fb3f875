/**
 * What a turn costs with Baton, beside a bare call of the same bot in the same run.
 *
 * Measured: from a customer's content at the platform to the bot's reply at the platform, on the wall
 * and in this process's CPU; history events and REST calls a turn, until the platform's last word about
 * it is taken in. The bare call is subtracted. Contained, because there is no Baton without: the
 * platform's own time, and the words between it and this bench. Not contained: CPU of the platform and
 * of Temporal's server, and the pause after a burst, which is a setting and here a millisecond.
 */
import type { WorkflowHandle } from '@temporalio/client';
import type { Bot } from '../../bots/bot.js';
import { domainId } from '../../simulator/seed.js';
import { describeQuery, threadWorkflowId } from '../../workflows/contract/index.js';
import { bareTurn } from './bare-turn.js';
import type { Bench, Figure, Findings, Context } from './bench.js';
import { benchBots, type BenchBot } from './bench-bots.js';
import { benchBusiness } from './business.js';
import { costOf } from './cost.js';
import { openMeasuredStack, type MeasuredStack } from '../harness/measured-stack.js';
import { until } from '../harness/until.js';
import { inTurns } from './rounds.js';
import { median } from './statistics.js';

const rounds = 4;
const turns = 4;
/** The bare bot answers faster than a clock ticks, so it is asked more often. */
const bareCalls = 200;

export const turnCost: Bench = {
  name: 'turn-cost',
  measures: 'a turn with Baton, beside a bare call of the same bot',
  within: 130_000,
  run: measure,
};

async function measure(context: Context): Promise<Findings> {
  const figures: Figure[] = [];
  for (const bot of await benchBots(context)) figures.push(...(await measureWith(context, bot)));
  return { figures, notes: [] };
}

type Round = {
  /** Milliseconds of each turn. */
  readonly times: readonly number[];
  /** Of one turn. */
  readonly cpu: number;
  readonly events: number;
  readonly calls: number;
};

async function measureWith(
  context: Context,
  { name, config }: BenchBot,
): Promise<readonly Figure[]> {
  const business = benchBusiness({ bot: config });
  const stack = await openMeasuredStack(context, business);
  const bot = business.bots['ours']?.create({ name: 'ours', secret: () => 'secret-of-the-bench' });
  if (!bot) throw new Error('there is no bot');
  let customers = 0;
  const sides = {
    a: () => withBaton(stack, `${name}-${(customers += 1)}`),
    b: () => bare(bot),
  };
  await inTurns(2, sides);
  const { a, b } = await inTurns(rounds, sides, context.chance.next() < 0.5 ? 'a' : 'b');
  return figuresOf(name, a, b);
}

/** A new customer, whose first turn does not count: it begins the thread. */
async function withBaton({ server, platform }: MeasuredStack, identity: string): Promise<Round> {
  const says = () => platform.control.customer({ source: 'chat', identity, body: 'my parcel?' });
  const { thread_id: thread } = await says();
  // The first answer is a greeting and a reply.
  await platform.untilPosted(thread, 2);
  const workflow = server.workflows.getHandle(threadWorkflowId(domainId, thread));
  const before = { events: await untilStill(workflow), calls: platform.calls() };
  const times: number[] = [];
  let events = 0;
  const { cpu } = await costOf(async () => {
    for (let turn = 1; turn <= turns; turn += 1) {
      const began = performance.now();
      await says();
      await platform.untilPosted(thread, 2 + turn);
      times.push(performance.now() - began);
    }
    events = (await untilStill(workflow)) - before.events;
  });
  const calls = platform.calls() - before.calls;
  return { times, cpu: cpu / turns, events: events / turns, calls: calls / turns };
}

/** The outbox is empty, and the history has not grown for a while. @returns its length */
async function untilStill(workflow: WorkflowHandle): Promise<number> {
  let last = 0;
  return until(
    'a thread that is done',
    async () => {
      const { doing, outbox } = await workflow.query(describeQuery);
      const { historyLength } = await workflow.describe();
      const isStill = doing === undefined && outbox.length === 0 && historyLength === last;
      last = historyLength;
      return isStill ? historyLength : undefined;
    },
    { every: 250 },
  );
}

async function bare(bot: Bot): Promise<Round> {
  const times: number[] = [];
  const { signal } = new AbortController();
  const { cpu } = await costOf(async () => {
    for (let call = 0; call < bareCalls; call += 1) {
      const began = performance.now();
      await bot.answer(bareTurn({ contentId: `bare-${call}`, body: 'my parcel?' }), {
        signal,
        conversationId: 'bench',
      });
      times.push(performance.now() - began);
    }
  });
  return { times, cpu: cpu / bareCalls, events: 0, calls: 0 };
}

function figuresOf(name: string, a: readonly Round[], b: readonly Round[]): readonly Figure[] {
  const wall = (of: readonly Round[]) => median(of.flatMap(({ times }) => times));
  const of = (side: readonly Round[], what: 'cpu' | 'events' | 'calls') =>
    median(side.map((round) => round[what]));
  return [
    { what: `${name}: a bare call, wall p50`, value: wall(b), unit: 'ms' },
    { what: `${name}: a turn beyond it, wall p50`, value: wall(a) - wall(b), unit: 'ms' },
    { what: `${name}: a bare call, CPU`, value: of(b, 'cpu'), unit: 'ms' },
    { what: `${name}: a turn beyond it, CPU`, value: of(a, 'cpu') - of(b, 'cpu'), unit: 'ms' },
    { what: `${name}: history events a turn`, value: of(a, 'events'), unit: 'events' },
    { what: `${name}: REST calls a turn`, value: of(a, 'calls'), unit: 'calls' },
  ];
}
