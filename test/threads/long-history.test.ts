/**
 * A thread that goes on and on: runs continue as new, and carry everything. What arrives while one is
 * ending is neither lost nor answered twice.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { engageEvents, threadWorkflowId } from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

/** History events of each run of this thread, oldest first. */
async function runLengths(workflowId: string): Promise<readonly number[]> {
  const lengths: number[] = [];
  const query = `WorkflowId = "${workflowId}"`;
  for await (const run of world.temporal.client.workflow.list({ query })) {
    lengths.push(run.historyLength);
  }
  return lengths.reverse();
}

it('receives 3,000 contents in a human’s hands across runs, each once', async () => {
  const ana = new Conversation(world);
  await ana.says('a human please');
  await ana.untilBotSaid(1);
  await ana.agent('reply', { body: 'Go on.' });
  await ana.untilPhase('agent');
  const before = (await ana.card()).counts;
  const workflowId = threadWorkflowId(domainId, ana.thread);
  const handle = world.temporal.client.workflow.getHandle(workflowId);

  const contents = 3_000;
  const all = Array.from({ length: contents }, (_, i) => content(ana.thread, i + 1));
  const left = [...all];
  const sender = async () => {
    while (left.length > 0) await handle.signal(engageEvents, left.splice(0, 1));
  };
  await Promise.all(Array.from({ length: 4 }, sender));
  // The same again, across whatever runs there were: all duplicates.
  await handle.signal(engageEvents, all);
  await eventually(async () => (await ana.card()).counts.duplicates - before.duplicates).toBe(
    contents,
  );

  await eventually(async () => (await runLengths(workflowId)).length).toBeGreaterThan(1);
  const lengths = await runLengths(workflowId);
  expect(Math.max(...lengths)).toBeLessThan(4_000);
  expect(await ana.phase()).toBe('agent');

  // The bot's turn, in a run that has never seen the beginning.
  await ana.agent('close');
  await ana.untilPhase('closed');
  await ana.untilCategories('bot');
  await ana.says('where is my parcel?');
  const said = await ana.untilBotSaid(2);
  expect(said.at(-1)).toBe('It arrives tomorrow.');
});

function content(thread: string, number: number) {
  return {
    id: `event-${thread}-${number}`,
    issuedAt: Date.now(),
    type: 'content.imported' as const,
    content: {
      id: `content-${thread}-${number}`,
      sourceId: 'source',
      body: `content ${number}`,
      isPrivate: true,
      hasAttachment: false,
      categoryIds: [],
      authorId: 'ana',
      status: 'new',
    },
  };
}
