/**
 * A thread that is given many bytes: its runs continue as new before Temporal would end them, and it keeps
 * its owner and what is unanswered.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { engageEvents, threadWorkflowId } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { customerWrote } from '../harness/facts.js';
import { startWorld, type World } from '../harness/world.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('continues by bytes in a human’s hands', async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  await ana.agent('reply', { body: 'Go on.' });
  await ana.untilPhase('agent');
  const workflowId = threadWorkflowId(domainId, ana.thread);
  const handle = world.temporal.client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();

  // Six megabytes in a history of a few hundred events.
  const body = 'x'.repeat(20_000);
  for (let batch = 0; batch < 6; batch += 1) {
    const events = Array.from({ length: 50 }, (_, at) => {
      const said = { id: `bytes-${batch}-${at}`, at: 0, body };
      return { ...customerWrote(said, ['category-agent']), issuedAt: Date.now() };
    });
    await handle.signal(engageEvents, events);
  }
  await eventually(async () => (await handle.describe()).runId).not.toBe(runId);
  const card = await ana.card();
  expect([card.phase, card.assignedCategory]).toEqual(['agent', 'agent']);
  // What is carried from run to run is bounded, too.
  const { events } = await handle.fetchHistory();
  const carried = events?.[0]?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [];
  const size = carried.reduce((sum, { data }) => sum + (data?.length ?? 0), 0);
  expect(size).toBeLessThan(500_000);
});
