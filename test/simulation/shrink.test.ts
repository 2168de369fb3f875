/** A failing plan becomes as small as what makes it fail, and still fails. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act, Plan } from './plan/plan.js';
import { shrink } from './shrink/shrink.js';

const minute = 60_000;
const writes = (at: number, who: number, body = 'hello'): Act => ({
  ...{ at, do: 'customer writes', who, body },
});
const dies = (at: number): Act => ({ at, do: 'worker dies' });

function planOf(acts: readonly Act[]): Plan {
  const calmAt = (acts.at(-1)?.at ?? 0) + minute;
  const business = { source: { settleWindow: '1m', giveUpAfter: '10m' } } as const;
  return { seed: 7, business, acts, calmAt, endAt: calmAt + 60 * minute };
}

/** Fails when a worker dies after this customer has written. */
const breaks =
  (who: number) =>
  ({ acts }: Plan): Promise<boolean> => {
    const wrote = acts.findIndex((act) => 'body' in act && act.who === who);
    const died = acts.findLastIndex((act) => act.do === 'worker dies');
    return Promise.resolve(wrote !== -1 && died > wrote);
  };

const acts = fc
  .array(
    fc.oneof(
      fc
        .record({ at: fc.nat(9 * 3_600_000), who: fc.nat(5) })
        .map(({ at, who }) => writes(at, who)),
      fc.nat(9 * 3_600_000).map(dies),
    ),
    { minLength: 2, maxLength: 40 },
  )
  .map((all) => all.toSorted((one, other) => one.at - other.at));

describe('a plan', () => {
  it('is reduced to the acts that matter, minutes apart, and to no setting that does not', async () => {
    const others = Array.from({ length: 30 }, (_, n) => writes(n * 17 * minute, n % 4));
    const long = [
      ...others,
      writes(600 * minute, 9),
      ...others.map(({ at }) => dies(at + 999 * minute)),
    ];
    const { acts: left, business } = await shrink(planOf(long), { fails: breaks(9) });
    expect(left.map(({ do: what }) => what)).toEqual(['customer writes', 'worker dies']);
    expect(left[1]!.at - left[0]!.at).toBeLessThanOrEqual(minute);
    expect(business.source).toEqual({});
  });

  it('keeps a fault that matters, and loses the others', async () => {
    const platform = { duplicate: 0.1, reorder: 0.2, delay: 0.3 };
    const plan = planOf([{ at: 0, do: 'conditions', platform, network: { refused: 0.1 } }]);
    const fails = ({ acts: [first] }: Plan) =>
      Promise.resolve(first?.do === 'conditions' && first.platform?.reorder !== undefined);
    const { acts: left } = await shrink(plan, { fails });
    expect(left).toEqual([{ at: 0, do: 'conditions', platform: { reorder: 0.2 }, network: {} }]);
  });

  it('still fails when it is small, has its acts in order, and is the same each time', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.nat(5), async (all, who) => {
        const plan = planOf(all);
        fc.pre(await breaks(who)(plan));
        const small = await shrink(plan, { fails: breaks(who) });
        expect(await breaks(who)(small)).toBe(true);
        expect(small.acts).toHaveLength(2);
        expect(small.acts.map(({ at }) => at)).toEqual(
          small.acts.map(({ at }) => at).toSorted((one, other) => one - other),
        );
        expect(small.endAt - small.calmAt).toBe(plan.endAt - plan.calmAt);
        expect(await shrink(plan, { fails: breaks(who) })).toEqual(small);
      }),
      { numRuns: 40, seed: 1 },
    );
  });

  it('is played no more often than is allowed', async () => {
    let played = 0;
    const fails = (plan: Plan) => ((played += 1), breaks(9)(plan));
    const long = [writes(0, 9), ...Array.from({ length: 60 }, (_, n) => dies((n + 1) * minute))];
    await shrink(planOf(long), { fails, tries: 12 });
    expect(played).toBeLessThanOrEqual(12);
  });
});
