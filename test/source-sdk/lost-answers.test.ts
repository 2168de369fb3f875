/**
 * Answers that are lost, on both sides of Baton, and a worker that is killed meanwhile: an agent's
 * message reaches the customer once, in order, and the platform has every line once.
 */
import { writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from '../support/source-files.js';
import { startWorkerProcess, type WorkerProcess } from '../support/worker-process.js';
import { secrets } from '../support/world.js';
import { Stage, type StageOptions } from './stage.js';
import { eventually } from '../support/eventually.js';

let stage: Stage;
afterEach(() => stage.close());

async function handedOver(options: StageOptions = {}): Promise<Stage> {
  stage = await Stage.open(options);
  stage.begin();
  return stage;
}

async function begin(): Promise<void> {
  await stage.says('customer', 'm-1', 'one');
  await stage.says('bot', 'm-2', 'two');
  await stage.handsOver();
  await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
}

/** Three messages of an agent's, while the outside bot loses its answers. */
async function agentSpeaks(losing: number): Promise<void> {
  stage.bot.losesAnswers = losing;
  for (const body of ['A', 'B', 'C']) await stage.agent('reply', body);
  await stage.until(async () => (await stage.card()).owedToBot === 0);
  await stage.until(() => new Set(stage.bot.messages()).size === 3);
}

describe('the outside bot takes a message, and its answer is lost', () => {
  it('is told again with the same key, shows it once, and in order', async () => {
    await handedOver();
    await begin();
    await agentSpeaks(2);
    expect(stage.bot.messages()).toEqual(['A', 'B', 'C']);
    const again = stage.bot.requests.filter(({ retry }) => retry);
    expect(again).toHaveLength(2);
    for (const { key } of again) {
      expect(stage.bot.requests.filter((one) => one.key === key).length).toBeGreaterThan(1);
    }
  });

  it('saboteur: one that does not mind the key shows it twice', async () => {
    await handedOver({ remembers: false });
    await begin();
    await agentSpeaks(1);
    expect(stage.bot.messages().length).toBe(4);
  });
});

describe('the platform takes a push, and its answer is lost', () => {
  it('has every line once, in order', async () => {
    await handedOver();
    await stage.world.doors.faults({
      'lost-answer': { rate: 1, times: 3, on: `POST /realtime/sdk/*` },
    });
    await begin();
    const said = (await stage.contents()).slice(0, 2);
    expect(said).toEqual(['customer: one', 'native: two']);
    const all = await stage.contents();
    expect(all.filter((one) => one === 'customer: one')).toHaveLength(1);
  });
});

describe('an outside bot that refuses for good', () => {
  it('costs the one thing it was told, and is noticed', async () => {
    await handedOver();
    await begin();
    stage.bot.refusesWith = 422;
    await stage.agent('reply', 'Nobody reads this.');
    await stage.until(async () => ((await stage.card()).counts['undelivered'] ?? 0) >= 2);
    expect((await stage.card()).attention).toBe('outsideBotRefuses');
    stage.bot.refusesWith = undefined;
    await stage.agent('reply', 'Again.');
    await stage.until(() => stage.bot.messages().length === 1);
    expect(stage.bot.messages()).toEqual(['Again.']);
    await stage.until(async () => (await stage.card()).attention === undefined);
  });
});

describe('the worker is killed while the outside bot is being told', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
  });

  /** A worker process knows this stage's callback address by a configuration of its own. */
  async function worker(): Promise<WorkerProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'baton-outside-'));
    folders.push(folder);
    const path = join(folder, 'config.ts');
    const stageModule = join(root, 'test/source-sdk/outside-config.ts');
    await writeFile(
      path,
      `import { outsideConfig } from '${stageModule}';\n` +
        `export const config = outsideConfig('${stage.bot.url}');\n`,
    );
    return startWorkerProcess(stage.world, 'worker/main.ts', {
      BATON_CONFIG: path,
      BATON_SOURCE_SDK_SECRET: secrets.BATON_SOURCE_SDK_SECRET,
      BATON_OUTSIDE_BOT_SECRET: secrets.BATON_OUTSIDE_BOT_SECRET,
    });
  }

  it('another goes on: once each, in order', async () => {
    await handedOver({ withoutWorker: true });
    const first = await worker();
    let thread = '';
    try {
      await begin();
      thread = await stage.thread();
      // It has been told, the bot's answer never comes, and the worker is gone.
      stage.bot.hangs = true;
      await stage.agent('reply', 'A');
      await stage.until(() => stage.bot.messages().length === 1);
    } finally {
      await first.kill();
    }
    stage.bot.hangs = false;
    await stage.world.doors.agent({ thread, agent: 'agent-1', do: 'reply', body: 'B' });
    const second = await worker();
    try {
      await eventually(() => stage.bot.messages().length).toBe(2);
      expect(stage.bot.messages()).toEqual(['A', 'B']);
      expect(stage.bot.requests.filter(({ params }) => params['body'] === 'A')).not.toHaveLength(1);
    } finally {
      await second.kill();
    }
  });
});
