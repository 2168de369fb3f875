/**
 * A human sets categories while our change of them waits in the account's line. The whole set is written, so
 * it has to be read when the write's turn has come. Against a real platform over HTTP, and a real budget.
 */
import { MockActivityEnvironment } from '@temporalio/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRecategorise } from '../../activities/recategorise.js';
import { createEngageClient, type EngageClient } from '../../engage/client.js';
import { createPace } from '../../engage/pace.js';
import { connectControl } from '../../simulator/control-client.js';
import { categories } from '../../simulator/seed.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import type { RecategoriseOutcome } from '../../workflows/contract/work.js';
import { secrets } from '../harness/world.js';

let simulator: Simulator;
let people = 0;
beforeAll(async () => {
  simulator = await startSimulator({ port: 0, accessToken: secrets.ENGAGE_TOKEN });
});
afterAll(() => simulator.stop());

const { bot, agent, billing } = categories;

/** A thread of the bot, and a human who files it under billing as well. */
async function openThread() {
  const control = connectControl(simulator.url);
  const identity = `ana-${(people += 1)}`;
  const { thread_id: thread } = await control.customer({ source: 'chat', identity, body: 'hello' });
  const act = { thread, agent: 'agent-1', do: 'recategorize' } as const;
  return {
    threadId: thread,
    /** Before and after, no other categorisation runs: the platform answers 409 meanwhile. */
    async fileUnderBilling() {
      await control.advance('1s');
      await control.agent({ ...act, category_ids: [bot, billing] });
      await control.advance('1s');
    },
    categories: async () => (await control.record(thread)).categories.at(-1)?.ids,
  };
}

/** Two calls a minute, a minute of 50 ms: `hold` takes both, ahead of everybody, until `during` ends. */
function openLine() {
  const pace = createPace({ perMinute: 2, minute: 50 });
  const whole = { calls: 2, within: 60_000 };
  let joined: () => void = () => undefined;
  const somebodyWaits = new Promise<void>((resolve) => (joined = resolve));
  const engage = createEngageClient({
    ...{ url: simulator.url, token: secrets.ENGAGE_TOKEN, timeout: 60_000 },
    inTurn: (call, together) => {
      const turn = pace.inTurn(2, call, together);
      joined();
      return turn;
    },
  });
  return { engage, somebodyWaits, hold: <T>(run: () => Promise<T>) => pace.inTurn(1, run, whole) };
}

type ReadsAndWrites = Pick<EngageClient, 'getThread' | 'setThreadCategories' | 'handOverAsBot'> &
  Pick<EngageClient, 'inOneTurn'>;

function toAgents(engage: ReadsAndWrites, threadId: string): Promise<RecategoriseOutcome> {
  const recategorise = createRecategorise({ engage: engage as EngageClient });
  const attempt = new MockActivityEnvironment({ startToCloseTimeoutMs: 60_000 });
  return attempt.run(recategorise, { threadId, out: [bot], in: agent });
}

/** The human acts while our change stands in the line, which then moves on. */
async function changedInLine(readEarly: boolean) {
  const thread = await openThread();
  const { engage, hold, somebodyWaits } = openLine();
  const early = await createEngageClient({
    ...{ url: simulator.url, token: secrets.ENGAGE_TOKEN, timeout: 60_000 },
  }).getThread(thread.threadId);
  const getThread: EngageClient['getThread'] = (id) =>
    readEarly ? Promise.resolve(early) : engage.getThread(id);
  const held = hold(async () => {
    await somebodyWaits;
    await thread.fileUnderBilling();
  });
  await Promise.all([held, toAgents({ ...engage, getThread }, thread.threadId)]);
  return thread.categories();
}

it('keeps a category that a human sets while the change waits in the line', async () => {
  expect(await changedInLine(false)).toEqual([billing, agent]);
});

it('negative control: what was read before the line overwrites the human’s category', async () => {
  expect(await changedInLine(true)).toEqual([agent]);
});

/** After the read, the line is taken by others, and the human acts as soon as it is theirs. */
async function changedBetween(isReserved: boolean) {
  const thread = await openThread();
  const { engage, hold } = openLine();
  let human: Promise<unknown> = Promise.resolve();
  const naive = { inOneTurn: <T>(_: unknown, run: () => Promise<T>) => run() };
  const watched: ReadsAndWrites = {
    ...engage,
    ...(isReserved ? {} : naive),
    async getThread(threadId) {
      const read = await engage.getThread(threadId);
      human = hold(() => thread.fileUnderBilling());
      return read;
    },
  };
  await toAgents(watched, thread.threadId);
  await human;
  return thread.categories();
}

it('writes right after its read, whoever waits in the line', async () => {
  expect(await changedBetween(true)).toContain(billing);
});

it('negative control: a write with a place of its own in the line overwrites the human’s category', async () => {
  expect(await changedBetween(false)).not.toContain(billing);
});
