/**
 * Runs that Temporal or a person ends: the thread is rebuilt from the platform's own record, whether something
 * is delivered to it or not. Who looks for no ended runs leaves the customer waiting.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Ports } from '../../activities/ports.js';
import { erasedBecause } from '../../temporal/erase.js';
import { createEncryptedPlace } from '../harness/encrypted.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { onDemand } from '../harness/on-demand.js';
import { Reconciling } from '../harness/reconciling.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const config = { ...testConfig({ engageTimeout: '60s' }), reconcile: onDemand };

/** As if no run were ever ended. */
const blind = (ports: Ports): Ports => ({
  ...ports,
  endedRuns: {
    before: () => Promise.resolve(undefined),
    async *rebuild() {},
  },
});

/** A human has the thread, and the customer waits for them, too long ago to be backfilled. */
async function waitsForHuman(world: World, reconciling: Reconciling): Promise<Conversation> {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  await ana.agent('reply', { body: 'Go on.' });
  await ana.untilPhase('agent');
  await ana.says('where is my parcel?');
  await ana.untilQuiet();
  await ana.untilDelivered();
  for (const time of ['10m', '10m']) {
    await world.control.advance(time);
    await reconciling.run();
  }
  return ana;
}

/** Searches lag behind. */
async function untilFound({ workflow }: Conversation, world: World, status: string): Promise<void> {
  const query = `WorkflowId = '${workflow.workflowId}' AND ExecutionStatus = '${status}'`;
  const found = async () => (await world.temporal.client.workflow.count(query)).count;
  await eventually(found).toBeGreaterThan(0);
}

describe('a run that was ended', () => {
  let world: World;
  let reconciling: Reconciling;
  beforeAll(async () => {
    world = await startWorld({ config });
    reconciling = new Reconciling(world);
    await reconciling.arrange();
  });
  afterAll(() => world.stop());

  it('in a human’s hands: they still have the thread, although nothing is delivered', async () => {
    const ana = await waitsForHuman(world, reconciling);
    await ana.workflow.terminate('by accident');
    await untilFound(ana, world, 'Terminated');
    expect(await reconciling.run()).toMatchObject({ rebuilt: 1 });
    await ana.untilPhase('agent');
    const { attention, assignedCategory, decisions } = await ana.card();
    expect([attention.map(({ code }) => code), assignedCategory]).toEqual([['runEnded'], 'agent']);
    expect(decisions).toContainEqual(
      expect.objectContaining({ code: 'rebuilt', contents: 4, unanswered: 1 }),
    );
    expect(await ana.botSaid()).toHaveLength(1);
    expect(await reconciling.run()).toMatchObject({ rebuilt: 0 });
  });

  it('what comes next is answered, once, with what was left, and the end is known', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    await ana.workflow.terminate('by accident');
    await untilFound(ana, world, 'Terminated');
    await ana.says('where is my parcel?');
    // The bot's memory is lost: it greets again.
    expect(await ana.untilBotSaid(3)).toEqual(['Welcome!', 'Welcome!', 'It arrives tomorrow.']);
    await ana.untilQuiet();
    const { attention, decisions } = await ana.card();
    expect(attention).toEqual([]);
    expect(decisions.map(({ code }) => code)).toContain('runEnded');
    expect(await ana.botSaid()).toHaveLength(3);
  });

  it.each(['erased', 'reset'])('%s, is not rebuilt', async (how) => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    await reconciling.run();
    const { runId } = await ana.workflow.describe();
    if (how === 'erased') await ana.workflow.terminate(erasedBecause);
    else await reset(ana, world, runId);
    await untilFound(ana, world, 'Terminated');
    expect(await reconciling.run()).toMatchObject({ rebuilt: 0 });
    const { decisions } = await ana.card();
    expect(decisions.map(({ code }) => code)).not.toContain('runEnded');
  });
});

/** To its last workflow task that is complete. */
async function reset({ workflow }: Conversation, world: World, runId: string): Promise<void> {
  const { workflowService } = world.temporal.client;
  const { events } = await workflow.fetchHistory();
  const complete = events?.findLast((one) => one.workflowTaskCompletedEventAttributes);
  await workflowService.resetWorkflowExecution({
    namespace: world.temporal.namespace ?? 'default',
    workflowExecution: { workflowId: workflow.workflowId, runId },
    workflowTaskFinishEventId: complete?.eventId ?? null,
    reason: 'a test',
    requestId: runId,
  });
}

it('what was acknowledged and not handled is answered once; payloads may be encrypted', async () => {
  const place = await createEncryptedPlace();
  const encrypted = { encryption: place.encryption, workflowBundle: await place.bundle() };
  const world = await startWorld({ config, encrypted });
  const reconciling = new Reconciling(world);
  await reconciling.arrange();
  const ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await world.stopWorkers();
  await ana.says('where is my parcel?');
  await ana.untilDelivered();
  await ana.workflow.terminate('by accident');
  await untilFound(ana, world, 'Terminated');
  await world.startWorkers();
  expect(await reconciling.run()).toMatchObject({ rebuilt: 1 });
  expect(await ana.untilBotSaid(3)).toEqual(['Welcome!', 'Welcome!', 'It arrives tomorrow.']);
  await ana.untilQuiet();
  expect(await ana.botSaid()).toHaveLength(3);
  await world.stop();
  place.remove();
});

it('negative control: who does not look for ended runs leaves the customer waiting', async () => {
  const world = await startWorld({ config, ports: blind });
  const reconciling = new Reconciling(world);
  await reconciling.arrange();
  const ana = await waitsForHuman(world, reconciling);
  await ana.workflow.terminate('by accident');
  await untilFound(ana, world, 'Terminated');
  expect(await reconciling.run()).toMatchObject({ isComplete: true, rebuilt: 0 });
  expect((await ana.workflow.describe()).status.name).toBe('TERMINATED');
  await world.stop();
});
