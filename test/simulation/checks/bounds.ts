/** Bounds in bytes (guarantee T2), in calls a minute, and in work: nothing spins. */
import type { Run } from '../temporal/run.js';
import { fromPayloads, sizeOf } from '../temporal/payloads.js';
import type { Command } from '../temporal/workflow-code.js';
import type { Evidence } from './evidence.js';
import type { Violation } from './violation.js';

/** Bytes. Temporal takes 2 MB for a payload. */
const most = { carriedState: 1_000_000, question: 400_000, input: 1_000_000 } as const;

/** Watches what workflows command. */
export class SizeWatch {
  readonly violations: Violation[] = [];

  see(run: Run, { scheduleActivity }: Command, at: number): void {
    if (!scheduleActivity) return;
    const { activityType, arguments: args } = scheduleActivity;
    const bytes = sizeOf(args);
    const limit = activityType === 'askBot' ? most.question : most.input;
    const thread = run.start.workflowId;
    const report = (what: string) =>
      this.violations.push({ check: 'inputs are bounded and whole', thread, at, what });
    if (bytes > limit) report(`${activityType} is given ${bytes} bytes`);
    if (activityType === 'askBot' && isTorn(fromPayloads(args))) {
      report(`${activityType} is given half a character`);
    }
  }
}

function isTorn(value: unknown): boolean {
  // Half a character is escaped in JSON.
  return /\\ud[89a-f][0-9a-f]{2}/.test(JSON.stringify(value));
}

export function largeStates({ threads }: Evidence): readonly Violation[] {
  return threads.flatMap(({ id, runs }) =>
    runs
      .filter(({ input }) => sizeOf(input) > most.carriedState)
      .map(({ input, start: { startedAt } }) => ({
        ...{ check: 'the carried state is bounded', thread: id, at: startedAt },
        what: `${sizeOf(input)} bytes`,
      })),
  );
}

const [minute, hour] = [60_000, 3_600_000];

/** Calls to the platform in any minute, where the world's account has a limit. */
export function callsBeyondBudget({ world, plan }: Evidence): readonly Violation[] {
  const limit = plan.business.callsPerMinute;
  if (limit === undefined) return [];
  const times = world.simulator.platform.state.requests
    .filter(({ path }) => !path.startsWith('/webhooks'))
    .map(({ at }) => Date.parse(at));
  return times.flatMap((at, index) => {
    const before = times[index - limit];
    if (before === undefined || at - before >= minute) return [];
    const what = `more than ${limit} calls in the minute before`;
    return [{ check: 'calls are within the budget', at, what }];
  });
}

/** Activations of a thread in one hour, besides those for what it received. */
const mostActivations = 400;

export function spinning({ threads }: Evidence): readonly Violation[] {
  return threads.flatMap(({ id, runs }) => {
    const hours = new Map<number, number>();
    for (const { at, jobs } of runs.flatMap(({ history }) => history)) {
      if (jobs.some(({ signalWorkflow, doUpdate }) => signalWorkflow || doUpdate)) continue;
      const began = Math.floor(at / hour) * hour;
      hours.set(began, (hours.get(began) ?? 0) + 1);
    }
    return [...hours]
      .filter(([, activations]) => activations > mostActivations)
      .map(([began, activations]) => ({
        ...{ check: 'nothing spins', thread: id, at: began },
        what: `${activations} activations within an hour`,
      }));
  });
}

/** At the end nothing is in work, unless attention says so. */
export function neverEnding({ threads, now }: Evidence): readonly Violation[] {
  return threads.flatMap(({ id, card, runs }) => {
    const running = runs.flatMap((run) => [...run.activities.values()]);
    const isWaiting = card && card.attention.length === 0 && card.doing !== undefined;
    if (running.length === 0 || !isWaiting) return [];
    const what = `${card.doing} still runs, and no attention is raised`;
    return [{ check: 'nothing is tried for ever', thread: id, at: now, what }];
  });
}
