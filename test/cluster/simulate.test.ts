/** The play of a cluster's shards: against what queueing theory says of one of them. */
import { expect, it } from 'vitest';
import { seeded } from '../bench/seeded.js';
import { playShards } from './sizing/simulate.js';

const load = { turnsPerSecond: 100, writes: 1, writeMs: 5, seconds: 600 };

it('a shard that is half busy makes one in a hundred wait as long as theory says', () => {
  // Poisson arrivals, exponential service, one server: P(wait > t) = ρ e^(-(1-ρ) t / s).
  const { write } = playShards({ ...load, shards: 1 }, seeded(1));
  const expected = (5 / (1 - 0.5)) * Math.log(0.5 / 0.01);
  expect(write.p99 / expected).toBeGreaterThan(0.85);
  expect(write.p99 / expected).toBeLessThan(1.15);
  expect(write.p50).toBeLessThan(1);
});

it('with more shards there is less waiting, and a turn waits for each of its writes', () => {
  const busy = { ...load, turnsPerSecond: 250, writes: 40, seconds: 20 };
  const [few, many] = [128, 1_024].map((shards) => playShards({ ...busy, shards }, seeded(1)));
  expect(many!.turn.p99).toBeLessThan(few!.turn.p99 / 2);
  expect(few!.turn.p99).toBeGreaterThan(few!.write.p99);
});
