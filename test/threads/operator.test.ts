/** What an operator sees of a thread and may ask of it: queries, commands, the Temporal UI’s lists. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it, inject } from 'vitest';
import {
  askHandover,
  close,
  pauseBot,
  returnToBot,
  takeOver,
} from '../../workflows/contract/index.js';
import { Conversation } from '../harness/conversation.js';
import { runCommand } from '../harness/run-command.js';
import { untilAllReceived } from '../harness/received.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
beforeAll(async () => {
  world = await startWorld();
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

/** Threads found by this search. */
async function found(query: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of world.temporal.client.workflow.list({ query })) {
    ids.push(workflowId);
  }
  return ids;
}

describe.concurrent('commands', () => {
  it('take the thread from the bot and give it back', async () => {
    const ana = await greeted();
    const taken = await ana.workflow.executeUpdate(takeOver, { args: [olga] });
    expect(taken).toMatchObject({ phase: 'agent', why: 'operator olga: a test' });
    await ana.untilCategories('agent');
    await ana.says('where is my parcel?');
    await untilAllReceived(world, ana);
    await ana.workflow.executeUpdate(returnToBot, { args: [olga] });
    await ana.untilCategories('bot');
    await ana.says('where is my parcel now?');
    await ana.untilBotSaid(2);
    expect(await ana.botSaid()).toEqual(['Welcome!', 'It arrives tomorrow.']);
  });

  it('ask for a human, and close', async () => {
    const ana = await greeted();
    const asked = await ana.workflow.executeUpdate(askHandover, { args: [olga] });
    expect(asked).toMatchObject({ phase: 'handover', reason: 'operatorAsked' });
    await ana.untilBotSaid(2);
    const closed = await ana.workflow.executeUpdate(close, { args: [olga] });
    expect(closed.phase).toBe('closed');
  });

  it('pause the bot: contents wait, and are answered when the pause ends', async () => {
    const ana = await greeted();
    await ana.workflow.executeUpdate(pauseBot, { args: [{ ...olga, forMs: 3_600_000 }] });
    await ana.says('where is my parcel?');
    await eventually(async () => (await ana.card()).waitingContents).toBe(1);
    expect(await ana.botSaid()).toHaveLength(1);
    await ana.workflow.executeUpdate(pauseBot, { args: [{ ...olga, forMs: 0 }] });
    expect((await ana.untilBotSaid(2)).at(-1)).toBe('It arrives tomorrow.');
  });

  it('that are illegal in this phase are refused, saying which phase it is', async () => {
    const ana = await greeted();
    const error: unknown = await ana.workflow
      .executeUpdate(returnToBot, { args: [olga] })
      .catch((thrown: unknown) => thrown);
    if (!(error instanceof WorkflowUpdateFailedError)) throw new Error('it was not refused');
    expect(error.cause).toBeInstanceOf(ApplicationFailure);
    expect(error.cause).toMatchObject({
      type: 'IllegalMove',
      message: 'returnToBot is not possible in phase bot',
    });
  });
});

describe.concurrent('a thread is seen', () => {
  it('from a shell: the query answers the bare word', async () => {
    const ana = await greeted();
    const { stdout } = await runCommand(inject('temporalProgram'), [
      ...['workflow', 'query', '--address', world.temporal.address],
      ...['--namespace', world.temporal.namespace ?? 'default'],
      ...['--type', 'phase', '-w', ana.workflow.workflowId],
    ]);
    expect(stdout).toContain('"bot"');
  });

  it('in searches: by phase, source, reason and attention', async () => {
    const ana = await greeted();
    await ana.says('a human please');
    await ana.untilPhase('handover');
    const query =
      'BatonPhase = "handover" AND BatonSource = "chat" AND BatonReason = "customerAsked" AND BatonAttention = false';
    await eventually(() => found(query)).toContain(ana.workflow.workflowId);
    expect(await found('BatonPhase = "bot"')).not.toContain(ana.workflow.workflowId);
  });

  it('on its card: why, deadlines, outbox, decisions, and no word of the customer', async () => {
    const ana = await greeted();
    await ana.says('where is my parcel? (my canary is Tweety)');
    await ana.untilBotSaid(2);
    await ana.untilQuiet();
    const card = await ana.card();
    expect(card).toMatchObject({ phase: 'bot', source: 'chat', episode: 1, epoch: 1 });
    expect(card.deadlines.map(({ name }) => name)).toEqual(['customer-silence']);
    expect(card.sent).toHaveLength(2);
    expect(card.decisions.length).toBeGreaterThan(1);
    expect(JSON.stringify(card)).not.toMatch(/Tweety|parcel|Welcome/);
  });

  it('in the Temporal UI: current details say phase, owner, deadline and why', async () => {
    const ana = await greeted();
    const metadata = await ana.workflow.query<{ currentDetails: string }>(
      '__temporal_workflow_metadata',
    );
    expect(metadata.currentDetails).toMatch(/\*\*bot\*\* since .*\n.*Owner: the bot\n.*Why: /);
    expect(metadata.currentDetails).toContain('Next deadline: customer-silence');
  });
});
