/** Situations an adversary found, on a real server and the simulator. */
import { Worker } from '@temporalio/worker';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { threadsActivities } from '../../activities/index.js';
import { domainId } from '../../simulator/seed.js';
import { engageEvents, pauseBot, taskQueues, threadWorkflowId } from '../../workflows/contract.js';
import { Conversation } from '../support/conversation.js';
import { portsOf, startWorld, type World } from '../support/world.js';
import { eventually } from '../support/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterEach(() => world.doors.faults({}));
afterAll(() => world.stop());

const olga = { by: 'olga', why: 'a test' };

async function greeted(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  return ana;
}

describe('an operator’s nonsense', () => {
  it.each([
    ['no duration', [olga]],
    ['an endless duration', [{ ...olga, forMs: 1e18 }]],
    ['words for a duration', [{ ...olga, forMs: 'an hour' }]],
    ['nothing', []],
  ])('to pause for: %s, is refused and harms nothing', async (_, args) => {
    const ana = await greeted();
    await expect(
      Promise.race([
        ana.workflow.executeUpdate(pauseBot, { args: args as never }),
        new Promise((resolve) => setTimeout(() => resolve('no answer'), 3_000)),
      ]),
    ).rejects.toThrow();
    await ana.says('where is my parcel?');
    expect((await ana.untilBotSaid(2)).at(-1)).toBe('It arrives tomorrow.');
  });
});

describe('a human', () => {
  it('who wrote unheard before the customer’s newest words silences the bot', async () => {
    const ana = await greeted();
    await world.doors.faults({ drop: 1 });
    await ana.agent('reply', { body: 'I have your parcel here.', native: true });
    await world.doors.faults({});
    await ana.says('where is my parcel?');
    await ana.untilPhase('agent');
    expect(await ana.botSaid()).toEqual(['Welcome!']);
  });

  it('who engages while the reply waits for its turn at the platform silences it', async () => {
    const ana = await greeted();
    await world.stopWorkers();
    const threadsOnly = await Worker.create({
      connection: world.temporal.nativeConnection,
      taskQueue: taskQueues.threads,
      activities: threadsActivities(portsOf(world, world.simulator.url)),
      workflowBundle: { codePath: inject('workflowBundle') },
    });
    const running = threadsOnly.run();
    await ana.says('where is my parcel?');
    await ana.until(async () => (await ana.card()).doing === 'postReply');
    await ana.agent('engage');
    await ana.untilPhase('agent');
    threadsOnly.shutdown();
    await running;
    await world.startWorkers();
    await ana.untilQuiet();
    await ana.untilCategories('agent');
    expect(await ana.botSaid()).toEqual(['Welcome!']);
  });
});

describe('a long wait for a human', () => {
  it('with much to say is carried on', async () => {
    const ana = new Conversation(world);
    await ana.says('a human please');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    const handle = world.temporal.client.workflow.getHandle(threadWorkflowId(domainId, ana.thread));
    const runId = (await handle.describe()).runId;
    for (let i = 0; i < 1_300; i += 1) {
      await handle.signal(engageEvents, [content(i, 'x'.repeat(5_000))]);
      if (i % 50 === 0) await ana.phase();
    }
    await eventually(async () => (await handle.describe()).runId).not.toBe(runId);
    expect(await ana.phase()).toBe('handover');
  });
});

function content(i: number, body: string) {
  return {
    id: `long-${i}`,
    issuedAt: Date.now(),
    type: 'content.imported' as const,
    content: {
      id: `long-content-${i}`,
      sourceId: 'x',
      body,
      isPrivate: true,
      hasAttachment: false,
      categoryIds: [],
    },
  };
}
