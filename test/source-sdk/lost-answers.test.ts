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
import { Stage } from './setup.js';

const hanging = { timeout: '1s' };
const all = {
  remembering: { sourceSdk: patient },
  forgetful: { sourceSdk: patient, remembers: false },
  lossy: { sourceSdk: patient },
  refusing: { sourceSdk: patient },
  killed: { sourceSdk: hanging },
};
let stages: Readonly<Record<keyof typeof all, Stage>>;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-outside-'));
  stages = await Stage.openAll(all, { withoutWorker: true });
  for (const stage of Object.values(stages)) stage.begin();
  await killWhileTelling(stages.killed);
  // From here on it is the worker of this process that goes on.
  await stages.killed.world.startWorkers();
});
afterAll(async () => {
  await stages.killed.close();
  await rm(folder, { recursive: true, force: true });
});

async function begin(stage: Stage): Promise<void> {
  await stage.says('customer', 'm-1', 'one');
  await stage.says('bot', 'm-2', 'two');
  await stage.handsOver();
  await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
}

/** The bot has been told, its answer never comes, and the worker is gone. */
async function killWhileTelling(stage: Stage): Promise<void> {
  const worker = await startWorker(stage);
  let thread = '';
  try {
    await begin(stage);
    thread = await stage.thread();
    stage.bot.hangs = true;
    await stage.agent('reply', 'A');
    await stage.until(() => stage.bot.messages().length === 1);
  } finally {
    await worker.kill();
  }
  stage.bot.hangs = false;
  await stage.world.control.agent({ thread, agent: 'agent-1', do: 'reply', body: 'B' });
}

/** A worker process knows this stage's callback address by a configuration of its own. */
async function startWorker({ world, bot, source, sourceId: id }: Stage): Promise<WorkerProcess> {
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
async function agentSpeaks(stage: Stage, losing: number): Promise<void> {
  stage.bot.losesAnswers = losing;
  for (const body of ['A', 'B', 'C']) await stage.agent('reply', body);
  await stage.until(async () => (await stage.card()).pendingUpdates === 0);
  await stage.until(() => new Set(stage.bot.messages()).size === 3);
}

describe.concurrent('the Source SDK bot takes a message, and its answer is lost', () => {
  it('is told again with the same key, shows it once, and in order', async () => {
    const stage = stages.remembering;
    await begin(stage);
    await agentSpeaks(stage, 2);
    expect(stage.bot.messages()).toEqual(['A', 'B', 'C']);
    const again = stage.bot.requests.filter(({ retry }) => retry);
    expect(again).toHaveLength(2);
    for (const { key } of again) {
      expect(stage.bot.requests.filter((one) => one.key === key).length).toBeGreaterThan(1);
    }
  });

  it('negative control: one that does not mind the key shows it twice', async () => {
    const stage = stages.forgetful;
    await begin(stage);
    await agentSpeaks(stage, 1);
    expect(stage.bot.messages().length).toBe(4);
  });
});

describe.concurrent('the platform takes a push, and its answer is lost', () => {
  it('has every line once, in order', async () => {
    const stage = stages.lossy;
    await stage.world.control.faults({ 'lost-answer': { rate: 1, times: 3, on: stage.pushes } });
    await begin(stage);
    const said = (await stage.contents()).slice(0, 2);
    expect(said).toEqual(['customer: one', 'native: two']);
    const contents = await stage.contents();
    expect(contents.filter((one) => one === 'customer: one')).toHaveLength(1);
  });
});

describe.concurrent('a Source SDK bot that refuses for good', () => {
  it('costs the one thing it was told, and is noticed', async () => {
    const stage = stages.refusing;
    await begin(stage);
    stage.bot.refusesWith = 422;
    await stage.agent('reply', 'Nobody reads this.');
    await stage.until(async () => ((await stage.card()).counts['undelivered'] ?? 0) >= 2);
    expect((await stage.card()).attention).toBe('sourceSdkBotRefuses');
    stage.bot.refusesWith = undefined;
    await stage.agent('reply', 'Again.');
    await stage.until(() => stage.bot.messages().length === 1);
    expect(stage.bot.messages()).toEqual(['Again.']);
    await stage.until(async () => (await stage.card()).attention === undefined);
  });
});

describe.concurrent('the worker is killed while the Source SDK bot is being told', () => {
  it('another goes on: once each, in order', async () => {
    const stage = stages.killed;
    await stage.until(() => stage.bot.messages().length === 2);
    expect(stage.bot.messages()).toEqual(['A', 'B']);
    expect(stage.bot.requests.filter(({ params }) => params['body'] === 'A')).not.toHaveLength(1);
  });
});
