/** Figures under names that say what they are of, and in what. Pure. */
import type { Measured } from './measure.js';
import type { listPrices, Load, Plan } from './plan.js';

export type Line = readonly [what: string, value: number];

export function measuredInWords({ cpu, ...of }: Measured): readonly Line[] {
  const turn: readonly Line[] = [
    ['bytes in PostgreSQL', of.bytes],
    ['bytes of its log', of.walBytes],
    ['transactions', of.transactions],
    ['history events', of.events],
    ['Temporal Cloud actions', of.actions],
    ['deliveries', of.deliveries],
    ['calls to Engage', of.calls],
    ...Object.entries(cpu).map(([role, ms]): Line => [`ms of CPU: ${role}`, ms]),
  ];
  return [
    ['bytes of a thread after its first turn', of.bytesOfThread],
    ...turn.map(([what, value]): Line => [`a turn, ${what}`, value]),
  ];
}

export function assumedInWords(load: Load, prices: typeof listPrices): readonly Line[] {
  return [
    ['open threads', load.openThreads],
    ['deliveries a second, at the busiest', load.deliveriesPerSecond],
    ['average over busiest', load.average],
    ['turns of a thread', load.turnsPerThread],
    ['days that closed threads are kept', load.retentionDays],
    ['share of a core that is used', load.busy],
    ['ms that a write holds its shard', load.writeMs],
    ['$ a million actions', prices.millionActions],
    ['$ a GB-hour of open threads', prices.activeGigabyteHour],
    ['$ a GB-hour of closed threads', prices.keptGigabyteHour],
  ];
}

export function planInWords(plan: Plan): readonly Line[] {
  return [
    ['turns a second', plan.turnsPerSecond],
    ...Object.entries(plan.cores).map(([role, cores]): Line => [`cores: ${role}`, cores]),
    ['calls to Engage a minute', plan.callsPerMinute],
    ['transactions a second', plan.writesPerSecond],
    ['MB of log a second', plan.walMegabytesPerSecond],
    ['history shards', plan.shards],
    ['GB of open threads', plan.openGigabytes],
    ['GB of closed threads', plan.keptGigabytes],
    ['Cloud actions a second', plan.actionsPerSecond],
    ['Cloud actions a month', plan.actionsPerMonth],
    ['Cloud $ a month: actions', plan.dollarsPerMonth.actions],
    ['Cloud $ a month: storage', plan.dollarsPerMonth.storage],
  ];
}
