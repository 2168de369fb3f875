/**
 * Does the time of a comparison tell how much of a secret was right? CPU of comparing with something
 * that differs at its end, over the same with something that differs at its beginning; in turns, fifteen
 * rounds, medians. The negative control compares with `===`, and must be told apart.
 */
import { createSecretCheck } from '../../../api/webhook/secret.js';
import type { Bench, Figure, Findings, Context } from '../../bench/bench.js';
import { inTurns } from '../../bench/rounds.js';
import type { Seeded } from '../../bench/seeded.js';
import { median, ratio } from '../../bench/statistics.js';

const rounds = 15;
/** Of one round: so short that whatever else runs here falls on both sides alike. */
const slices = 40;
/** As long as the platform allows. */
const length = 254;

export const compare: Bench = {
  name: 'compare',
  measures: 'CPU of comparing secrets, late difference over early',
  within: 120_000,
  run: async ({ chance }: Context): Promise<Findings> => {
    const secret = fresh('s'.repeat(length));
    const ours = await lateOverEarly(createSecretCheck([secret]), 300, chance);
    const naive = await lateOverEarly((given) => given === secret, 10_000, chance);
    const either = Math.max(ours, 1 / ours);
    const figures: readonly Figure[] = [
      { what: 'ours, late over early', value: ours, unit: '×' },
      { what: 'the larger of both over the other', value: either, unit: '×', goal: { pass: 1.1 } },
      { what: 'negative control `===`, late over early', value: naive, unit: '×' },
      {
        what: 'negative control, early over late',
        value: 1 / naive,
        unit: '×',
        goal: { pass: 0.5 },
      },
    ];
    return { figures, notes: [`${rounds} rounds of each, ${length} characters`] };
  },
};

async function lateOverEarly(
  isSecret: (given: string) => boolean,
  calls: number,
  chance: Seeded,
): Promise<number> {
  const early = fresh(`x${'s'.repeat(length - 1)}`);
  const late = fresh(`${'s'.repeat(length - 1)}x`);
  const both = { a: () => cpuOf(isSecret, late, calls), b: () => cpuOf(isSecret, early, calls) };
  await inTurns(slices, both);
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const [lates, earlies]: [number[], number[]] = [[], []];
    for (let slice = 0; slice < slices; slice += 1) {
      // By chance, because collecting garbage has a rhythm of its own, and would fall on one side.
      const { a, b } = await inTurns(2, both, chance.next() < 0.5 ? 'a' : 'b');
      lates.push(...a);
      earlies.push(...b);
    }
    ratios.push(ratio(median(lates), median(earlies)));
  }
  return median(ratios);
}

/** A string of its own: the same one is equal without being compared. */
function fresh(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function cpuOf(
  isSecret: (given: string) => boolean,
  given: string,
  calls: number,
): Promise<number> {
  const before = process.cpuUsage();
  let right = 0;
  for (let call = 0; call < calls; call += 1) right += isSecret(given) ? 1 : 0;
  const { user, system } = process.cpuUsage(before);
  if (right > 0) throw new Error('a wrong secret was taken for the right one');
  return Promise.resolve(user + system);
}
