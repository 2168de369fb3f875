/**
 * What cannot be run here, played: all writes of the busiest minute on so many history shards. A shard does
 * one write at a time, so a thread waits for those of others on its shard. Pure; the same for the same seed.
 *
 * Turns come at random, each of a thread anywhere; its writes follow each other with what lies between two
 * steps of a turn. How long a write holds its shard varies as much as it lasts.
 */
import type { Seeded } from '../../bench/seeded.js';
import { percentile } from '../../bench/statistics.js';

export type Playing = {
  readonly turnsPerSecond: number;
  /** A turn's. */
  readonly writes: number;
  readonly writeMs: number;
  readonly shards: number;
  readonly seconds: number;
};

/** Milliseconds that a write waits for others on its shard, and a turn for all of its writes together. */
export type Waits = { readonly write: Tail; readonly turn: Tail };
type Tail = { readonly p50: number; readonly p99: number };

/** Between two writes of a turn, in milliseconds. */
const step = 20;

export function playShards(of: Playing, chance: Seeded): Waits {
  const free = new Float64Array(of.shards);
  const writes: number[] = [];
  const turns: number[] = [];
  for (const { at, shard, turn } of writesOf(of, chance)) {
    const wait = Math.max(0, (free[shard] ?? 0) - at);
    free[shard] = at + wait + exponential(of.writeMs, chance);
    writes.push(wait);
    turns[turn] = (turns[turn] ?? 0) + wait;
  }
  const tailOf = (waits: readonly number[]) => ({
    p50: percentile(waits, 0.5),
    p99: percentile(waits, 0.99),
  });
  return { write: tailOf(writes), turn: tailOf(turns) };
}

type Write = { readonly at: number; readonly shard: number; readonly turn: number };

function writesOf(of: Playing, chance: Seeded): readonly Write[] {
  const all: Write[] = [];
  const gap = 1_000 / of.turnsPerSecond;
  let turn = 0;
  for (let at = 0; at < of.seconds * 1_000; at += exponential(gap, chance)) {
    const shard = Math.floor(chance.next() * of.shards);
    for (let one = 0; one < of.writes; one += 1) all.push({ at: at + one * step, shard, turn });
    turn += 1;
  }
  return all.sort((a, b) => a.at - b.at);
}

function exponential(mean: number, chance: Seeded): number {
  return -mean * Math.log(1 - chance.next());
}
