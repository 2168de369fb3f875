/** `/status` as the platform has it: who may see it, what its filters mean, and nobody is an empty list. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newState } from '../../simulator/new-state.js';
import { categories, roles, sources, teamId, users } from '../../simulator/seed.js';
import { openSimulator, type OpenSimulator } from './setup.js';

const account = newState();
let simulator: OpenSimulator;
beforeAll(async () => {
  simulator = await openSimulator({ account });
});
beforeEach(() => {
  Object.assign(account, { roles: newState().roles, users: newState().users });
  Object.assign(account, { agentStatuses: newState().agentStatuses });
});
afterAll(() => simulator.stop());

async function connected(query = ''): Promise<readonly string[]> {
  const { answer } = await simulator.call('GET', `/status${query}`);
  const found = answer as unknown as readonly { agent_id: string }[];
  return found.map(({ agent_id: id }) => id);
}

it('is for those whose role may monitor tasks', async () => {
  const role = account.roles[roles.bot];
  if (role) role.monitor_tasks = false;
  for (const path of ['/status', `/status/${users['agent-1']}`]) {
    expect(await simulator.call('GET', path)).toMatchObject({
      status: 403,
      answer: { status: 403 },
    });
  }
});

it('filters by the right to reply, by skill and by team', async () => {
  const [one, two] = [account.users[users['agent-1']], account.users[users['agent-2']]];
  if (one) one.sources[sources.chat] = ['read'];
  if (two) two.category_ids = [categories.billing];
  const three = users['agent-3'];
  expect(await connected()).toHaveLength(3);
  expect(await connected(`?source_ids[]=${sources.chat}`)).toEqual([users['agent-2'], three]);
  const both = `?source_ids[]=${sources.chat}&category_ids[]=${categories.agent}`;
  expect(await connected(both)).toEqual([three]);
  expect(await connected(`?team_ids[]=${teamId}`)).toHaveLength(3);
  expect(await connected('?team_ids[]=another')).toEqual([]);
});

it('of no users is an empty list; a disabled user is left out', async () => {
  for (const user of Object.values(account.users)) user.enabled = false;
  expect(await connected()).toEqual([]);
});
