/** Settings that change under running threads, workers that are away, news that come in a bad order. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { threadsActivities } from '../../activities/index.js';
import { domainId, sources } from '../../simulator/seed.js';
import { returnToBot, taskQueues, threadWorkflowId } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { deliveryHeaders, deliveryOf } from '../harness/delivery.js';
import { untilNextRun } from '../harness/next-run.js';
import { testConfig } from '../harness/test-config.js';
import { createLocalPorts, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';
import type { CommandInput } from '../../workflows/contract/commands.js';

let world: World;
let isKnown = true;
beforeAll(async () => {
  world = await startWorld({
    config: testConfig({ engageTimeout: '30s' }),
    ports: (ports) => ({
      ...ports,
      settingsOf(id) {
        const settings = isKnown ? ports.settingsOf(id) : undefined;
        // A desk that does not answer is soon given up.
        return settings && { ...settings, callTimeout: 2_000 };
      },
    }),
  });
});
afterAll(() => world.stop());

async function deliver(events: readonly object[]): Promise<number> {
  const response = await fetch(world.webhookUrl, {
    method: 'POST',
    headers: deliveryHeaders(),
    body: JSON.stringify(deliveryOf(events)),
  });
  return response.status;
}

it('a human who engages before the first content is received is not talked over', async () => {
  const thread = 'thread-engaged-first';
  const engaged = {
    type: 'intervention.opened',
    id: 'e-opened',
    issued_at: new Date().toISOString(),
    user_id: 'agent-x',
    resource: {
      type: 'intervention',
      id: 'i-1',
      metadata: { source_id: sources.chat, thread_id: thread, user_id: 'agent-x' },
    },
  };
  const written = {
    type: 'content.imported',
    id: 'e-written',
    issued_at: new Date(Date.now() - 32_000).toISOString(),
    resource: {
      type: 'chat/message',
      id: 'c-1',
      metadata: { source_id: sources.chat, thread_id: thread, body: 'hello', status: 'new' },
    },
  };
  expect(await deliver([engaged])).toBe(200);
  expect(await deliver([written])).toBe(200);
  const handle = world.temporal.client.workflow.getHandle(threadWorkflowId(domainId, thread));
  await eventually(() => handle.query('phase').catch(() => '')).toBe('agent');
});

it('an event type of tomorrow passes, whatever it says', async () => {
  const issued_at = new Date().toISOString();
  const resource = { type: 'message', id: 'x', metadata: {} };
  expect(await deliver([{ type: 'content.tomorrow', id: 't', issued_at, resource }])).toBe(200);
});

it('a handover waits for workers that are away', async () => {
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
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
    await ana.says('a human please');
    await ana.untilPhase('handover');
    const waiting = async () => (await ana.workflow.describe()).raw.pendingActivities?.length;
    await eventually(waiting).toBe(1);
  } finally {
    threadsOnly.shutdown();
    await running;
  }
  await world.startWorkers();
  await ana.untilBotSaid(2);
  expect(await ana.phase()).toBe('handover');
  expect(await ana.categories()).toEqual(['agent']);
});

it('a thread whose source left the settings goes on with those it has', async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  isKnown = false;
  await untilNextRun(ana);
  // An update that meets a run which is just ending is refused; operators ask again.
  const args: [CommandInput] = [{ by: 'olga', why: 'a test' }];
  const back = () => ana.workflow.executeUpdate(returnToBot, { args });
  await eventually(() =>
    back().then(
      ({ phase }) => phase,
      () => 'refused',
    ),
  ).toBe('bot');
});
