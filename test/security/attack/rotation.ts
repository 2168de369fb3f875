/** How many deliveries are refused while the webhook's secret is changed as the documentation says. */
import type { Bench } from '../../bench/bench.js';
import { rotate } from './rotation-run.js';

const each = 1_000;

export const rotation: Bench = {
  name: 'rotation',
  measures: 'deliveries refused while the webhook’s secret is changed under traffic',
  within: 120_000,
  run: async () => {
    const { answers } = await rotate({ each, knowsPrevious: true });
    const naive = await rotate({ each: each / 10, knowsPrevious: false });
    const all = sum(answers);
    const refused = all - (answers.get(200) ?? 0);
    const lost = sum(naive.answers) - (naive.answers.get(200) ?? 0);
    return {
      figures: [
        { what: 'deliveries', value: all, unit: 'calls' },
        { what: 'of them not answered with 200', value: refused, unit: 'calls', goal: { pass: 0 } },
        { what: 'negative control without the previous secret', value: lost, unit: 'calls' },
        // At most 1: the negative control must lose some.
        {
          what: 'negative control that loses none',
          value: lost > 0 ? 0 : 1,
          unit: 'calls',
          goal: { pass: 0 },
        },
      ],
      notes: [],
    };
  },
};

function sum(answers: ReadonlyMap<number, number>): number {
  return [...answers.values()].reduce((total, count) => total + count, 0);
}
