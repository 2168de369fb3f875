/**
 * What all that Baton does for a thread costs beside bare durability: the same bot asked and the same
 * platform posted to by a workflow of two activities and nothing else, behind a handler that signals.
 *
 * Measured, in turns, with a bot over HTTP: turns a second with many threads at once, each writing again
 * when it is answered; CPU a turn of the process that holds ingress, workers, bot and customers, and of
 * Temporal's server; history events a turn by kind, until the platform's last word about it is taken in;
 * and the same without the platform's word about the export. Temporal's server and the platforms share the
 * machine; everything is in memory.
 */
import type { Bench, Figure, Findings, Context } from './bench.js';
import { behindHttp, serveBot } from './bench-bots.js';
import { openBareStack } from './bare-stack.js';
import { benchBusiness } from './business.js';
import { costOf } from './cost.js';
import { openMeasuredStack } from '../harness/measured-stack.js';
import { kindsOf, perTurn, formatKinds, total, untilStill, type Kinds } from './history.js';
import type { PlatformProcess } from '../harness/platform-process.js';
import { cpuOf } from '../harness/process-cost.js';
import { inTurns } from './rounds.js';
import { median, ratio } from './statistics.js';
import type { TemporalServer } from '../harness/temporal-server.js';
import { newWriter } from './writers.js';
import { domainId } from '../../simulator/seed.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';

const rounds = 6;
const threads = 32;
const turns = 3;
const turnsCounted = 4;

export const turnsPerSecond: Bench = {
  name: 'turns',
  measures: 'beside a bare workflow of the same two activities',
  within: 200_000,
  run: measure,
};

type Side = {
  readonly server: TemporalServer;
  readonly platform: PlatformProcess;
  readonly workflowIdOf: (threadId: string) => string;
};

async function measure(context: Context): Promise<Findings> {
  const reply = { body: 'It arrives tomorrow.' };
  const url = await serveBot(context, () => Promise.resolve({ replies: [reply] }));
  const business = benchBusiness({ bot: behindHttp(url) });
  const { server, platform } = await openMeasuredStack(context, business);
  const bot = business.bots['ours']?.create({ name: 'ours', secret: () => 'secret-of-the-bench' });
  if (!bot) throw new Error('there is no bot');
  const bare = await openBareStack(context, { server, bot, kind: 'turns' });
  const asking = await openBareStack(context, { server, bot, kind: 'asking' });
  const workflowIdOf = (threadId: string) => threadWorkflowId(domainId, threadId);
  const ours = { server, platform, workflowIdOf };
  const theirs = { server, ...bare };
  const both = { a: () => quick(ours), b: () => quick(theirs) };
  await inTurns(2, both);
  const { a, b } = await inTurns(rounds, both, context.chance.next() < 0.5 ? 'a' : 'b');
  const history = {
    ours: await historyOf(ours),
    twoActivities: await historyOf(theirs),
    oneActivity: await historyOf({ server, ...asking }, 'says nothing'),
    deaf: await withoutExports(ours),
  };
  return {
    figures: [...rateFigures(a, b), ...historyFigures(history)],
    notes: [
      `events a turn, Baton: ${formatKinds(history.ours)}`,
      `events a turn, two activities: ${formatKinds(history.twoActivities)}`,
      `events a turn, one activity: ${formatKinds(history.oneActivity)}`,
      `events a turn, Baton without exports: ${formatKinds(history.deaf)}`,
      `${threads} threads at once, ${turns} turns each, ${rounds} rounds of each side`,
    ],
  };
}

/** Of one round. CPU in milliseconds a turn. */
type Round = { readonly rate: number; readonly cpu: number; readonly temporal: number };

let customers = 0;

/** New customers, whose first turn does not count; then all write at once, again and again. */
async function quick({ server, platform }: Side): Promise<Round> {
  const begun = await Promise.all(Array.from({ length: threads }, () => newWriter(platform)));
  const before = cpuOf(server.pid);
  const { wall, cpu } = await costOf(() =>
    Promise.all(
      begun.map(async (one) => {
        for (let turn = 0; turn < turns; turn += 1) await one.says();
      }),
    ),
  );
  const count = threads * turns;
  const temporal = (cpuOf(server.pid) - before) / count;
  return { rate: (count * 1_000) / wall, cpu: cpu / count, temporal };
}

async function historyOf(side: Side, manner?: 'says nothing'): Promise<Kinds> {
  const { server, platform, workflowIdOf } = side;
  const identity = `counted-${(customers += 1)}`;
  const write = () => platform.control.customer({ source: 'chat', identity, body: 'my parcel?' });
  const { thread_id: thread } = await write();
  const workflow = server.workflows.getHandle(workflowIdOf(thread));
  if (manner === undefined) await platform.untilPosted(thread, 1);
  let length = await untilStill(workflow);
  const before = await kindsOf(workflow);
  for (let turn = 0; turn < turnsCounted; turn += 1) {
    await write();
    length = await untilStill(workflow, length);
  }
  return perTurn(before, await kindsOf(workflow), turnsCounted);
}

/** As on an account whose webhook is not registered for them. */
async function withoutExports(side: Side): Promise<Kinds> {
  await side.platform.control.faults({ drop: { on: 'content.exported' } });
  const counts = await historyOf(side);
  await side.platform.control.faults({});
  return counts;
}

function rateFigures(a: readonly Round[], b: readonly Round[]): readonly Figure[] {
  const of = (side: readonly Round[], what: keyof Round) => median(side.map((one) => one[what]));
  const ratios = a.map((one, at) => ratio(one.rate, b[at]?.rate ?? NaN));
  return [
    { what: 'turns a second, Baton', value: of(a, 'rate'), unit: 'turns/s' },
    { what: 'turns a second, bare workflow', value: of(b, 'rate'), unit: 'turns/s' },
    {
      what: 'turns a second over the bare workflow',
      value: median(ratios),
      unit: '×',
      goal: { is: 'atLeast', pass: 0.8, stretch: 0.9 },
      reason:
        'per turn Baton writes 1.7 times the history of two bare activities, and its server and worker spend as much more',
    },
    { what: 'CPU a turn, Baton', value: of(a, 'cpu'), unit: 'ms' },
    { what: 'CPU a turn, bare workflow', value: of(b, 'cpu'), unit: 'ms' },
    { what: 'CPU of Temporal a turn, Baton', value: of(a, 'temporal'), unit: 'ms' },
    { what: 'CPU of Temporal a turn, bare workflow', value: of(b, 'temporal'), unit: 'ms' },
  ];
}

type Histories = Readonly<Record<'ours' | 'twoActivities' | 'oneActivity' | 'deaf', Kinds>>;

function historyFigures({ ours, twoActivities, oneActivity, deaf }: Histories): readonly Figure[] {
  const events = (what: string, counts: Kinds): Figure => ({
    ...{ what: `history events a turn, ${what}`, value: total(counts), unit: 'events' },
  });
  return [
    events('Baton', ours),
    events('two activities', twoActivities),
    events('one activity', oneActivity),
    {
      what: 'history events over one activity',
      value: ratio(total(ours), total(oneActivity)),
      unit: '×',
      goal: { pass: 1.6, stretch: 1.2 },
      reason:
        'two activities alone are 16 events; the pause after a burst is a timer and a task more (5), the platform’s echo and its export of the reply a signal and a task each (8)',
    },
    {
      what: 'history events over two activities',
      value: ratio(total(ours), total(twoActivities)),
      unit: '×',
    },
    events('Baton, not told of exports', deaf),
  ];
}
