/** Who is connected is shared for some seconds, and never longer; a failure is nobody's memory. */
import { expect, it } from 'vitest';
import { createAgentStatusReader } from '../../../engage/availability/agent-status.js';

const place = { sourceId: 'chat', categoryId: 'agent' };

function asked(freshFor: number) {
  const calls: string[] = [];
  const clock = { now: 0 };
  const platform = { fails: false };
  const agentsAt = createAgentStatusReader(
    ({ sourceId }) => {
      calls.push(sourceId);
      return platform.fails ? Promise.reject(new Error('no answer')) : Promise.resolve([]);
    },
    freshFor,
    () => clock.now,
  );
  return { calls, clock, platform, agentsAt };
}

it('is asked once by all within its time, and anew after it', async () => {
  const { agentsAt, calls, clock } = asked(5_000);
  await Promise.all([agentsAt(place), agentsAt(place)]);
  clock.now = 4_999;
  await agentsAt(place);
  expect(calls).toHaveLength(1);
  clock.now = 5_000;
  await agentsAt(place);
  expect(calls).toHaveLength(2);
});

it('is asked for each source', async () => {
  const { agentsAt, calls } = asked(5_000);
  await agentsAt(place);
  await agentsAt({ ...place, sourceId: 'messages' });
  expect(calls).toEqual(['chat', 'messages']);
});

it('with no time at all is asked by each', async () => {
  const { agentsAt, calls } = asked(0);
  await Promise.all([agentsAt(place), agentsAt(place)]);
  expect(calls).toHaveLength(2);
});

it('that could not be asked is asked again at once', async () => {
  const { agentsAt, calls, platform } = asked(5_000);
  platform.fails = true;
  await expect(agentsAt(place)).rejects.toThrow('no answer');
  platform.fails = false;
  expect(await agentsAt(place)).toEqual([]);
  expect(calls).toHaveLength(2);
});
