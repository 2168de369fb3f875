/**
 * The directory of a large account: 10,000 users, no two alike, on 200 sources. Too long for every run;
 * `npm run guarantees` plays it too, and `npm run bench -- directory` has the figures.
 */
import { describe, expect, inject, it } from 'vitest';
import { largeAccount, sourcesOf } from '../bench/large-account.js';
import { startWholeBaton } from '../../local/baton.js';
import { parseConfig } from '../../settings/load-config.js';
import { categories } from '../../simulator/seed.js';
import { mayAnswer } from '../../workflows/contract/index.js';
import { Knowing } from '../harness/knowing.js';
import { startTemporal } from '../harness/temporal.js';
import { testConfig } from '../harness/test-config.js';

const long = { timeout: 240_000 };
const quick = { callsPerMinute: 6_000_000, availabilityFor: '0s' };

describe('10,000 users and 200 sources', () => {
  it('are read, carried and asked in little room, and stay so when read again', long, async () => {
    const account = largeAccount({ people: 10_000, sources: 200 });
    const { sources: some, ...rest } = testConfig();
    const sources = sourcesOf(account, some['chat']!);
    const business = parseConfig({ ...rest, sources, directory: quick });
    const temporal = await startTemporal();
    const workflowBundle = { codePath: inject('workflowBundle') };
    const baton = await startWholeBaton({
      temporal,
      business,
      workflowBundle,
      simulator: { account },
    });
    await baton.startWorkers();
    const knowing = new Knowing({ ...baton, temporal, business });
    try {
      const began = performance.now();
      await knowing.keep();
      const { lastGood } = await knowing.untilStill();
      const took = Math.round(performance.now() - began);
      expect(lastGood).toMatchObject({ people: 10_003, sources: 200 });
      // A call for each, and one for each page: of users also where a portion ended within one.
      expect(lastGood?.calls).toBeLessThan(10_003 + 2 * 67);
      expect(lastGood?.size).toBeLessThan(1_100_000);
      await knowing.refresh();
      const { historySize, historyLength } = await knowing.workflow.describe();
      const grown = { historySize, historyLength };
      expect(historySize).toBeLessThan(5_000_000);
      expect(historyLength).toBeLessThan(1_000);
      const agentIds = Object.keys(account.users).slice(0, 500);
      const [sourceId = ''] = Object.keys(account.sources);
      const question = { sourceId, categoryId: categories.agent, teamIds: [], agentIds };
      const asked = performance.now();
      const may = await knowing.workflow.query(mayAnswer, question);
      const answeredIn = Math.round(performance.now() - asked);
      const wanted = agentIds.filter((id) =>
        account.users[id]?.sources[sourceId]?.includes('reply'),
      );
      expect([...(may ?? [])].sort()).toEqual(
        wanted.filter((id) => id !== business.botUser.userId).sort(),
      );
      console.log('directory of 10,000 × 200:', {
        took,
        size: lastGood?.size,
        ...grown,
        answeredIn,
      });
    } finally {
      await baton.stop();
      await temporal.teardown();
    }
  });
});
