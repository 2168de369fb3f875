/** Figures under names that say what they are of, and in what. Pure. */
import type { Measured } from './measure.js';
import type { listPrices, Load, Plan } from './plan.js';
import type { Waits } from './simulate.js';

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
    ...prices.millionActions.map(([upTo, each]): Line => {
      const step = Number.isFinite(upTo) ? `up to ${upTo} million a month` : 'beyond';
      return [`$ a million actions, ${step}`, each];
    }),
    ['$ a GB-hour of open threads', prices.activeGigabyteHour],
    ['$ a GB-hour of closed threads', prices.keptGigabyteHour],
  ];
}

export function playedInWords(
  played: readonly { readonly shards: number; readonly waits: Waits }[],
): readonly Line[] {
  return played.flatMap(({ shards, waits: { write, turn } }): readonly Line[] => [
    [`${shards} shards: ms a write waits, p99`, write.p99],
    [`${shards} shards: ms a turn waits in all, p50`, turn.p50],
    [`${shards} shards: ms a turn waits in all, p99`, turn.p99],
  ]);
}

export function planInWords(plan: Plan): readonly Line[] {
  return [
    ['turns a second', plan.turnsPerSecond],
    ...Object.entries(plan.cores).map(([role, cores]): Line => [`cores: ${role}`, cores]),
    ...Object.entries(plan.processes).map(([role, count]): Line => [role, count]),
    ['calls to Engage a minute', plan.callsPerMinute],
    ['accounts of Engage, of 500 calls a minute', plan.accounts],
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
