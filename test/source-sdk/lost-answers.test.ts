/**
 * Answers that are lost, on both sides of Baton, and a worker that is killed meanwhile: an agent's
 * message reaches the customer once, in order, and the platform has every line once. All side by side.
 */
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root } from '../harness/source-files.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { secrets } from '../harness/world.js';
import { patient } from './config.js';
import { SdkStack } from './setup.js';

const hanging = { timeout: '1s' };
const all = {
  remembering: { sourceSdk: patient },
  forgetful: { sourceSdk: patient, remembers: false },
  lossy: { sourceSdk: patient },
  refusing: { sourceSdk: patient },
  killed: { sourceSdk: hanging },
};
let stages: Readonly<Record<keyof typeof all, SdkStack>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-outside-'));
  stages = await SdkStack.openAll(all, { withoutWorker: true });
  for (const stack of Object.values(stages)) stack.begin();
  await killWhileTelling(stages.killed);
  // From here on it is the worker of this process that goes on.
  await stages.killed.world.startWorkers();
});
afterAll(async () => {
  await stages.killed.close();
  await rm(folder, { recursive: true, force: true });
});

async function begin(stack: SdkStack): Promise<void> {
  await stack.says('customer', 'm-1', 'one');
  await stack.says('bot', 'm-2', 'two');
  await stack.handsOver();
  await stack.until(() => stack.bot.actions().includes('conversations.waiting'));
}

/** The bot has been told, its answer never comes, and the worker is gone. */
async function killWhileTelling(stack: SdkStack): Promise<void> {
  const worker = await startWorker(stack);
  let thread = '';
  try {
    await begin(stack);
    thread = await stack.thread();
    stack.bot.hangs = true;
    await stack.agent('reply', 'A');
    await stack.until(() => stack.bot.messages().length === 1);
  } finally {
    await worker.kill();
  }
  stack.bot.hangs = false;
  await stack.world.control.agent({ thread, agent: 'agent-1', do: 'reply', body: 'B' });
}

/** A worker process knows this stack's callback address by a configuration of its own. */
async function startWorker({ world, bot, source, sourceId: id }: SdkStack): Promise<WorkerProcess> {
  const path = join(folder, 'config.ts');
  const stageModule = join(root, 'test/source-sdk/config.ts');
  const sources = { [source]: { id, sourceSdk: { callbackUrl: bot.url, ...hanging } } };
  await writeFile(
    path,
    `import { configOfSourceSdk } from '${stageModule}';\n` +
      `export const config = configOfSourceSdk(${JSON.stringify(sources)});\n`,
  );
  return startWorkerProcess(world, 'worker/main.ts', {
    BATON_CONFIG: path,
    BATON_SOURCE_SDK_SECRET: secrets.BATON_SOURCE_SDK_SECRET,
    BATON_SOURCE_SDK_BOT_SECRET: secrets.BATON_SOURCE_SDK_BOT_SECRET,
  });
}

/** Three messages of an agent's, while the Source SDK bot loses its answers. */
async function agentSpeaks(stack: SdkStack, losing: number): Promise<void> {
  stack.bot.losesAnswers = losing;
  for (const body of ['A', 'B', 'C']) await stack.agent('reply', body);
  await stack.until(async () => (await stack.card()).pendingUpdates === 0);
  await stack.until(() => new Set(stack.bot.messages()).size === 3);
}

describe.concurrent('the Source SDK bot takes a message, and its answer is lost', () => {
  it('is told again with the same key, shows it once, and in order', async () => {
    const stack = stages.remembering;
    await begin(stack);
    await agentSpeaks(stack, 2);
    expect(stack.bot.messages()).toEqual(['A', 'B', 'C']);
    const again = stack.bot.requests.filter(({ retry }) => retry);
    expect(again).toHaveLength(2);
    for (const { key } of again) {
      expect(stack.bot.requests.filter((one) => one.key === key).length).toBeGreaterThan(1);
    }
  });

  it('negative control: one that does not mind the key shows it twice', async () => {
    const stack = stages.forgetful;
    await begin(stack);
    await agentSpeaks(stack, 1);
    expect(stack.bot.messages().length).toBe(4);
  });
});

describe.concurrent('the platform takes a push, and its answer is lost', () => {
  it('has every line once, in order', async () => {
    const stack = stages.lossy;
    await stack.world.control.faults({ 'lost-answer': { rate: 1, times: 3, on: stack.pushes } });
    await begin(stack);
    const said = (await stack.contents()).slice(0, 2);
    expect(said).toEqual(['customer: one', 'native: two']);
    const contents = await stack.contents();
    expect(contents.filter((one) => one === 'customer: one')).toHaveLength(1);
  });
});

describe.concurrent('a Source SDK bot that refuses for good', () => {
  it('costs the one thing it was told, and is noticed', async () => {
    const stack = stages.refusing;
    await begin(stack);
    stack.bot.refusesWith = 422;
    await stack.agent('reply', 'Nobody reads this.');
    await stack.until(async () => ((await stack.card()).counts['undelivered'] ?? 0) >= 2);
    expect((await stack.card()).attention).toBe('sourceSdkBotRefuses');
    stack.bot.refusesWith = undefined;
    await stack.agent('reply', 'Again.');
    await stack.until(() => stack.bot.messages().length === 1);
    expect(stack.bot.messages()).toEqual(['Again.']);
    await stack.until(async () => (await stack.card()).attention === undefined);
  });
});

describe.concurrent('the worker is killed while the Source SDK bot is being told', () => {
  it('another goes on: once each, in order', async () => {
    const stack = stages.killed;
    await stack.until(() => stack.bot.messages().length === 2);
    expect(stack.bot.messages()).toEqual(['A', 'B']);
    expect(stack.bot.requests.filter(({ params }) => params['body'] === 'A')).not.toHaveLength(1);
  });
});
