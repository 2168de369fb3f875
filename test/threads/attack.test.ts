/** Situations an adversary found, on a real server and the simulator. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { threadsActivities } from '../../activities/index.js';
import { domainId } from '../../simulator/seed.js';
import {
  engageEvents,
  pauseBot,
  taskQueues,
  threadWorkflowId,
} from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { testConfig } from '../harness/test-config.js';
import { createLocalPorts, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld({ config: testConfig({ engageTimeout: '30s' }) });
});
afterAll(() => world.stop());

const olga = { by: 'olga', why: 'a test' };

async function greeted(): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  return ana;
}

describe.concurrent('an operator’s nonsense', () => {
  it.each([
    ['no duration', [olga]],
    ['an endless duration', [{ ...olga, forMs: 1e18 }]],
    ['words for a duration', [{ ...olga, forMs: 'an hour' }]],
    ['nothing', []],
  ])('to pause for: %s, is refused and harms nothing', async (_, args) => {
    const ana = await greeted();
    const pausing = ana.workflow.executeUpdate(pauseBot, { args: args as never });
    await expect(pausing).rejects.toThrow();
    await ana.says('where is my parcel?');
    expect((await ana.untilBotSaid(2)).at(-1)).toBe('It arrives tomorrow.');
  });
});

describe.concurrent('a human', () => {
  it('whose event was lost before the customer’s newest words silences the bot', async () => {
    const ana = await greeted();
    await world.control.faults({ drop: 1 }, ana.identity);
    await ana.agent('reply', { body: 'I have your parcel here.', native: true });
    await world.control.faults({}, ana.identity);
    await ana.says('where is my parcel?');
    await ana.untilPhase('agent');
    expect(await ana.botSaid()).toEqual(['Welcome!']);
  });
});

describe.concurrent('a long wait for a human', () => {
  it('with much to say is carried on', async () => {
    const ana = new Conversation(world);
    await ana.says('a human please');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    const handle = world.temporal.client.workflow.getHandle(threadWorkflowId(domainId, ana.thread));
    const runId = (await handle.describe()).runId;
    const long = Array.from({ length: 1_300 }, (_, i) => content(i, 'x'.repeat(5_000)));
    // In portions: each signal costs as much as all that is in it.
    while (long.length > 0) await handle.signal(engageEvents, long.splice(0, 50));
    // The server reports its present length with the next event.
    const happened = async () => {
      await handle.signal(engageEvents, []);
      return (await handle.describe()).runId;
    };
    await eventually(happened).not.toBe(runId);
    expect(await ana.phase()).toBe('handover');
  });
});

// Nobody else may play while the workers are away.
describe('a human', () => {
  it('who engages while the reply waits for its turn at the platform silences it', async () => {
    const ana = await greeted();
    await world.stopWorkers();
    const threadsOnly = await Worker.create({
      connection: world.temporal.nativeConnection,
      namespace: world.temporal.namespace ?? 'default',
      taskQueue: taskQueues.threads,
      activities: threadsActivities(createLocalPorts(world, world.simulator.url)),
      workflowBundle: { codePath: inject('workflowBundle') },
    });
    const running = threadsOnly.run();
    try {
      await ana.says('where is my parcel?');
      await ana.until(async () => (await ana.card()).doing === 'postReply');
      await ana.agent('engage');
      await ana.untilPhase('agent');
    } finally {
      threadsOnly.shutdown();
      await running;
    }
    await world.startWorkers();
    await ana.untilQuiet();
    await ana.untilCategories('agent');
    expect(await ana.botSaid()).toEqual(['Welcome!']);
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
