/** Changes of category against a real platform over HTTP, while an administrator changes the default categories. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRecategorise } from '../../activities/recategorise.js';
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { categories, sources } from '../../simulator/seed.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import type { RecategoriseInput, RecategoriseOutcome } from '../../workflows/contract/work.js';
import { secrets } from '../harness/world.js';

let simulator: Simulator;
let control: SimulatorControl;
let engage: EngageClient;
beforeAll(async () => {
  const { ENGAGE_TOKEN: accessToken } = secrets;
  simulator = await startSimulator({ port: 0, accessToken, isClockStanding: true });
  control = connectControl(simulator.url);
  engage = createEngageClient({ url: simulator.url, token: accessToken, timeout: 60_000 });
});
afterAll(() => simulator.stop());

const { bot, agent, billing } = categories;
let customers = 0;

/** A thread with these categories. */
async function thread(...ids: readonly string[]): Promise<string> {
  customers += 1;
  const said = { source: 'messages', identity: `customer-${customers}`, body: 'hello' };
  const { thread_id: id } = await control.customer(said);
  await control.agent({ thread: id, agent: 'agent-1', do: 'recategorize', category_ids: ids });
  await control.advance('1s');
  return id;
}
const defaults = (...ids: readonly string[]) =>
  control.rule({ name: 'default-categories', source: 'messages', category_ids: ids });
function recategorise(input: RecategoriseInput): Promise<RecategoriseOutcome> {
  const attempt = new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000 });
  return attempt.run(createRecategorise({ engage }), input);
}
const toBot = { out: [agent], in: bot };
const checked = { ...toBot, unlessSourceIsHumans: sources.messages };

it.each([
  ['are the agents’', [agent], checked, [agent, billing]],
  ['are the bot’s', [bot], checked, [billing, bot]],
  ['are of neither', [billing], checked, [billing, bot]],
  ['are none', [], checked, [billing, bot]],
  ['cannot be read', [agent], { ...toBot, unlessSourceIsHumans: 'unknown' }, [billing, bot]],
  ['do not matter, for an operator asks', [agent], toBot, [billing, bot]],
] as const)('when the default categories %s', async (_, ids, change, after) => {
  const threadId = await thread(agent, billing);
  await defaults(...ids);
  const outcome = await recategorise({ threadId, ...change });
  await defaults(bot);
  expect(outcome.categoryIds).toEqual(after);
  expect(outcome.isKept ?? false).toBe(!after.some((id) => id === bot));
  expect((await engage.getThread(threadId)).thread_category_ids).toEqual(after);
});

it('a thread that somebody has returned already is the bot’s', async () => {
  const threadId = await thread(bot);
  await defaults(agent);
  expect(await recategorise({ threadId, ...checked })).toEqual({
    categoryIds: [bot],
  });
  await defaults(bot);
});
