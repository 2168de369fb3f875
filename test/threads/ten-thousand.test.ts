/**
 * Ten thousand contents of a kilobyte in one thread, as fast as they can be sent: no run above 4,000
 * events or anywhere near what Temporal allows in bytes, and none of them lost.
 */
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { engageEvents, type EngageEvent } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const contents = 10_000;
const together = 25;
/** Temporal ends a workflow at 50 MB. */
const bytesOfARun = 20_000_000;
const body = 'x'.repeat(1_000);

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const numbers = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);

it('are all received, over several runs', { timeout: 240_000 }, async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  await ana.agent('reply', { body: 'Go on.' });
  await ana.untilPhase('agent');
  await ana.untilQuiet();

  await send(ana, 0, contents / 2);
  await send(ana, contents / 2, contents / 2);

  await eventually(async () => (await runsOf(ana)).length).toBeGreaterThan(1);
  const runs = await runsOf(ana);
  const sizes = runs.map(({ historySize = 0 }) => historySize);
  const lengths = runs.map(({ historyLength }) => historyLength);
  console.log(`${runs.length} runs, events ${lengths.join(', ')}, bytes ${sizes.join(', ')}`);
  expect(Math.max(...lengths)).toBeLessThan(4_000);
  expect(Math.max(...sizes)).toBeLessThan(bytesOfARun);
  expect(await ana.phase()).toBe('agent');
});

async function runsOf({ workflow }: Conversation): Promise<readonly WorkflowExecutionInfo[]> {
  const runs: WorkflowExecutionInfo[] = [];
  const query = `WorkflowId = "${workflow.workflowId}"`;
  for await (const run of world.temporal.client.workflow.list({ query })) runs.push(run);
  return runs;
}

/** Sends them, and then all of them once more: each that was received is a duplicate now. */
async function send(ana: Conversation, from: number, count: number): Promise<void> {
  const before = (await ana.card()).counts.duplicates;
  const batches = numbers(0, count / together).map((i) => from + i * together);
  const sender = async () => {
    for (let first = batches.shift(); first !== undefined; first = batches.shift()) {
      await ana.workflow.signal(engageEvents, numbers(first, together).map(content));
    }
  };
  await Promise.all([sender(), sender(), sender(), sender()]);
  for (let first = from; first < from + count; first += 500) {
    await ana.workflow.signal(engageEvents, numbers(first, 500).map(content));
  }
  const duplicates = async () => (await ana.card()).counts.duplicates - before;
  await eventually(duplicates).toBe(count);
}

function content(number: number): EngageEvent {
  return {
    id: `event-${number}`,
    issuedAt: Date.now(),
    type: 'content.imported',
    content: {
      id: `content-${number}`,
      sourceId: 'source',
      body,
      isPrivate: true,
      hasAttachment: false,
      categoryIds: [],
      authorId: 'ana',
      status: 'new',
    },
  };
}
