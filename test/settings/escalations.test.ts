/** While humans have a thread, the steps that a business writes end with somebody who is told. */
import { describe, expect, it } from 'vitest';
import { escalationsSchema } from '../../settings/escalations.js';
import { PlayedRun } from '../harness/played-core.js';
import { everyRule, withoutChecks } from '../harness/thread-settings.js';

const minute = 60_000;
const tell = { after: '5m', do: 'tell', say: 'Still looking.' } as const;
const move = { after: '10m', do: 'move', category: 'others' } as const;
const remind = { after: '5m', do: 'remind' } as const;
const stepsOf = (given: object) => {
  const { nobodyComes } = escalationsSchema.parse({ nobodyComes: given });
  return nobodyComes.map(({ after, do: what }) => [after / minute, what]);
};

describe('a list of steps', () => {
  it.each([
    ['that is empty gets a reminder', [], [[15, 'remind']]],
    [
      'that only tells the customer gets one',
      [tell],
      [
        [5, 'tell'],
        [20, 'remind'],
      ],
    ],
    [
      'that ends at other agents gets one',
      [tell, move],
      [
        [5, 'tell'],
        [10, 'move'],
        [25, 'remind'],
      ],
    ],
    [
      'that reminds is kept',
      [remind, move],
      [
        [5, 'remind'],
        [10, 'move'],
      ],
    ],
    [
      'that returns the thread to the bot is kept',
      [{ after: '1h', do: 'backToBot' }],
      [[60, 'backToBot']],
    ],
  ])('%s', (_, written, steps) => {
    expect(stepsOf(written)).toEqual(steps);
  });

  it('for silent agents is treated alike', () => {
    const { agentSilent } = escalationsSchema.parse({ agentSilent: [] });
    expect(agentSilent).toEqual([{ after: 15 * minute, do: 'remind' }]);
  });
});

describe('without the policy that would take a step', () => {
  it('attention is raised: an operator knows who waits', () => {
    const rules = withoutChecks(everyRule('reopen-to-bot'));
    const { policies = [] } = rules;
    const run = new PlayedRun({
      ...rules,
      policies: policies.filter((name) => name !== 'escalate-when-nobody-comes'),
      escalations: { nobodyComes: [{ after: 15 * minute, do: 'remind' }] },
    });
    run.says('a human please');
    run.pass(20 * minute);
    expect(run.state.report.attention.map(({ code }) => code)).toEqual(['nobodyComes']);
  });
});
