/**
 * From what one turn costs to what a load needs: arithmetic, and nothing else. Pure.
 *
 * It takes costs to grow in proportion to turns and threads. What is measured is small beside the load
 * (hundreds of threads, not a million), on one machine without a network between its parts.
 */
import type { Measured } from './measure.js';

export type Load = {
  readonly openThreads: number;
  /** At the busiest. */
  readonly deliveriesPerSecond: number;
  /** Of the busiest second, the month's average. */
  readonly average: number;
  /** Closed threads are kept so long. */
  readonly retentionDays: number;
  readonly turnsPerThread: number;
  /** Of a core, so that there is room. */
  readonly busy: number;
  /** A shard does one write at a time, and each waits for the disk so long, in milliseconds. */
  readonly writeMs: number;
};

export const aMillion: Load = {
  openThreads: 1_000_000,
  deliveriesPerSecond: 1_000,
  average: 0.25,
  retentionDays: 30,
  turnsPerThread: 5,
  busy: 0.6,
  writeMs: 5,
};

/**
 * Dollars, as Temporal's pricing page had them in 2026: so much for each million of actions up to so many
 * million a month; what is beyond the last is negotiated, and counted like it. Without the plan's own fee.
 */
export const listPrices = {
  millionActions: [
    [5, 50],
    [10, 45],
    [20, 40],
    [50, 35],
    [100, 30],
    [Infinity, 25],
  ] as readonly (readonly [upTo: number, price: number])[],
  activeGigabyteHour: 0.042,
  keptGigabyteHour: 0.00105,
};

export type Plan = {
  readonly turnsPerSecond: number;
  readonly cores: Measured['cpu'];
  /** Each is one Node process, and fills about a core. */
  readonly processes: { readonly workers: number; readonly ingresses: number };
  readonly callsPerMinute: number;
  /** Of Engage, each with its usual limit. */
  readonly accounts: number;
  readonly writesPerSecond: number;
  readonly walMegabytesPerSecond: number;
  readonly shards: number;
  readonly openGigabytes: number;
  readonly keptGigabytes: number;
  readonly actionsPerSecond: number;
  readonly actionsPerMonth: number;
  readonly dollarsPerMonth: { readonly actions: number; readonly storage: number };
};

/** Calls a minute that the platform allows an account unless it was told otherwise. */
const callsOfAnAccount = 500;

const giga = 1e9;
const day = 86_400;
const month = 30 * day;

export function planFor(measured: Measured, load: Load, prices = listPrices): Plan {
  const turnsPerSecond = load.deliveriesPerSecond / measured.deliveries;
  const onAverage = turnsPerSecond * load.average;
  const coresOf = (ms: number) => (turnsPerSecond * ms) / 1_000 / load.busy;
  const { worker, ingress, Temporal, PostgreSQL } = measured.cpu;
  const writesPerSecond = turnsPerSecond * measured.transactions;
  const callsPerMinute = turnsPerSecond * measured.calls * 60;
  const cores = {
    ...{ worker: coresOf(worker), ingress: coresOf(ingress) },
    ...{ Temporal: coresOf(Temporal), PostgreSQL: coresOf(PostgreSQL) },
  };
  const bytesOfThread = measured.bytesOfThread + (load.turnsPerThread - 1) * measured.bytes;
  const closedPerDay = (onAverage * day) / load.turnsPerThread;
  const openGigabytes = (load.openThreads * bytesOfThread) / giga;
  const keptGigabytes = (closedPerDay * load.retentionDays * bytesOfThread) / giga;
  const actionsPerMonth = onAverage * measured.actions * month;
  const hours = month / 3_600;
  return {
    turnsPerSecond,
    cores,
    processes: { workers: Math.ceil(cores.worker), ingresses: Math.ceil(cores.ingress) },
    callsPerMinute,
    accounts: Math.ceil(callsPerMinute / callsOfAnAccount),
    writesPerSecond,
    walMegabytesPerSecond: (turnsPerSecond * measured.walBytes) / 1e6,
    shards: shardsFor((writesPerSecond * load.writeMs) / 1_000),
    ...{ openGigabytes, keptGigabytes },
    actionsPerSecond: turnsPerSecond * measured.actions,
    actionsPerMonth,
    dollarsPerMonth: {
      actions: priceOf(actionsPerMonth / 1e6, prices.millionActions),
      storage:
        openGigabytes * hours * prices.activeGigabyteHour +
        keptGigabytes * hours * prices.keptGigabyteHour,
    },
  };
}

function priceOf(millions: number, steps: typeof listPrices.millionActions): number {
  let [from, price] = [0, 0];
  for (const [upTo, each] of steps) {
    price += Math.max(0, Math.min(millions, upTo) - from) * each;
    from = upTo;
  }
  return price;
}

/** A power of two, so many that one in fifty is busy: two threads seldom wait for the same shard. */
function shardsFor(busyAtOnce: number): number {
  return 2 ** Math.ceil(Math.log2(busyAtOnce * 50));
}
