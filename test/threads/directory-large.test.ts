/**
 * The directory of a large account: 10,000 users, no two alike, on 200 sources. Too long for every run;
 * `npm run guarantees` plays it too.
 */
import { describe, expect, inject, it } from 'vitest';
import { startWholeBaton } from '../../scenario/whole-baton.js';
import { parseConfig } from '../../settings/load-config.js';
import { newState } from '../../simulator/new-state.js';
import { categories, roles } from '../../simulator/seed.js';
import type { State } from '../../simulator/state.js';
import { mayAnswer } from '../../workflows/contract.js';
import { Knowing } from '../support/knowing.js';
import { startTemporal } from '../support/temporal.js';
import { testConfig } from '../support/test-config.js';

const long = { timeout: 240_000 };
const quick = { callsPerMinute: 6_000_000, presenceFor: '0s' };

describe('10,000 users and 200 sources', () => {
  it('are read, carried and asked in little room, and stay so when read again', long, async () => {
    const account = crowd(newState());
    const business = parseConfig({ ...testConfig(), ...configOf(account), directory: quick });
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

/** Everybody may reply on some sources of their own: no two alike, as far as 200 sources allow. */
function crowd(account: State): State {
  const [source] = Object.values(account.sources);
  const [user] = Object.values(account.users);
  if (!source || !user) throw new Error('the account is empty');
  const ids = [
    ...Object.keys(account.sources),
    ...Array.from({ length: 198 }, (_, i) => hex(0xc, i)),
  ];
  for (const id of ids) account.sources[id] ??= { ...source, id };
  const all = Object.fromEntries(ids.map((id) => [id, ['read', 'reply']]));
  for (const one of Object.values(account.users)) one.sources = all;
  for (let index = 0; index < 10_000; index += 1) {
    const seed = Math.imul(index + 1, 0x9e3779b1) >>> 0;
    const mine = ids.filter((_, at) => (seed >>> (at % 31)) % 2 === 1);
    const may = Object.fromEntries(mine.map((id) => [id, ['read', 'reply']]));
    const id = hex(0xa, index);
    const more = { category_ids: [categories.agent], role_id: roles.agent, identity_ids: [] };
    account.users[id] = { ...user, ...more, id, name: id, sources: may };
  }
  return account;
}

function configOf(account: State) {
  const { sources: some } = testConfig();
  const named = Object.keys(account.sources).map((id, index) => [
    `source-${index}`,
    { ...some['chat']!, id },
  ]);
  return { sources: Object.fromEntries(named) as typeof some };
}

function hex(kind: number, index: number): string {
  return `61b0${kind.toString(16)}${index.toString(16).padStart(19, '0')}`;
}
