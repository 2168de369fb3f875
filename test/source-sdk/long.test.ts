/**
 * Conversations so long that a run ends and the next one carries them on, on either side of the
 * channel: what arrives around that moment is neither lost nor told twice.
 */
import type { WorkflowHandle } from '@temporalio/client';
import { afterEach, describe, expect, it } from 'vitest';
import { engageEvents, sourceSdkEvents } from '../../workflows/contract/index.js';
import { SdkStack } from './setup.js';
import { eventually } from '../harness/eventually.js';

type Faults = Parameters<SdkStack['world']['control']['faults']>[0];

let stack: SdkStack;
afterEach(() => stack.close());

async function handedOver(faults: Faults = {}): Promise<void> {
  stack = await SdkStack.open();
  stack.begin();
  await stack.world.control.faults(faults);
  await stack.says('customer', 'm-0', 'a human, please');
  await stack.handsOver();
  await stack.until(() => stack.bot.actions().includes('conversations.waiting'));
}

async function withHumans(): Promise<void> {
  await handedOver();
  await stack.agent('engage');
  await stack.untilPhase('agent');
  await stack.until(async () => (await stack.card()).pendingUpdates === 0);
}

async function duplicates(): Promise<number> {
  return (await stack.card()).counts['duplicates'] ?? 0;
}

async function untilNothingIsPending(): Promise<void> {
  await stack.until(async () => {
    const { notPushed, pendingUpdates } = await stack.card();
    return notPushed === 0 && pendingUpdates === 0;
  });
}

/** Makes a history so long by signals without anything in them. */
async function lengthen(run: WorkflowHandle, to: number): Promise<void> {
  const nothing = () =>
    run.workflowId.startsWith('thread:')
      ? run.signal(engageEvents, [])
      : run.signal(sourceSdkEvents, []);
  while ((await run.describe()).historyLength < to) {
    await Promise.all(Array.from({ length: 50 }, nothing));
  }
}

/** As the Source SDK bot is asked to: what was not accepted is told again. */
async function untilAccepted(call: () => Promise<{ readonly status: number }>): Promise<void> {
  for (let status = 0; status !== 200;) ({ status } = await call());
}

/** Goes on saying things, as fast as the platform takes them in, until `isEnough`. */
async function talk(isEnough: () => boolean): Promise<readonly string[]> {
  const said: string[] = [];
  while (!isEnough()) {
    const id = `m-${said.length + 1}`;
    await untilAccepted(() => stack.says('customer', id, `line ${id}`));
    said.push(`line ${id}`);
    if (said.length % 50 === 0) await stack.until(async () => (await stack.card()).notPushed < 50);
  }
  return said;
}

/** An agent who writes as humans do, one thing after the other. */
async function answer(isEnough: () => boolean): Promise<readonly string[]> {
  const said: string[] = [];
  while (!isEnough()) {
    said.push(`answer ${said.length + 1}`);
    await stack.agent('reply', said.at(-1));
    await stack.until(() => stack.bot.messages().length >= said.length);
  }
  return said;
}

describe('a Source SDK conversation longer than its run', () => {
  it('is carried on: nothing is lost, nothing repeated', async () => {
    await withHumans();
    await lengthen(stack.workflow, 1_800);
    const first = await stack.runId();
    let isNext = false;
    const nextRun = async () => {
      await eventually(() => stack.runId()).not.toBe(first);
      isNext = true;
    };
    const [lines, answers] = await Promise.all([
      talk(() => isNext),
      answer(() => isNext),
      nextRun(),
    ]);
    await untilNothingIsPending();
    // Around the next seam: a last word, the end, and repeats of what the first run has received.
    const second = await stack.runId();
    const known = await duplicates();
    await lengthen(stack.workflow, 1_990);
    await stack.agent('reply', 'Goodbye.');
    await stack.agent('close');
    await untilAccepted(() => stack.says('customer', 'm-0', 'a human, please'));
    await untilAccepted(() => stack.handsOver());
    await stack.until(() => stack.bot.actions().includes('conversations.closed'));
    // The words come by the channel, the end by webhooks: either may be first.
    await stack.until(() => stack.bot.messages().includes('Goodbye.'));
    await stack.until(async () => (await duplicates()) >= known + 2);
    await untilNothingIsPending();
    expect(await stack.runId()).not.toBe(second);

    const contents = await stack.contents();
    const lined = contents.filter((one) => one.startsWith('customer: '));
    expect(lined).toEqual(['a human, please', ...lines].map((one) => `customer: ${one}`));
    expect(stack.bot.messages()).toEqual([...answers, 'Goodbye.']);
    expect(stack.bot.actions()).toEqual([
      'conversations.waiting',
      'conversations.engaged',
      'conversations.closed',
    ]);
    expect(await stack.card()).toMatchObject({ phase: 'bot', counts: { dropped: 0 } });
  });

  it('is continued while its bot is unreachable: delivered in the next run', async () => {
    await withHumans();
    const first = await stack.runId();
    stack.bot.hangs = true;
    await stack.agent('reply', 'A');
    await stack.until(() => stack.bot.messages().length === 1);
    await stack.agent('reply', 'B');
    await stack.until(async () => (await stack.card()).pendingUpdates === 2);
    await lengthen(stack.workflow, 4_100);
    await untilAccepted(() => stack.says('customer', 'm-1', 'hello?'));
    await stack.until(async () => (await stack.runId()) !== first);
    stack.bot.hangs = false;
    await stack.until(async () => (await stack.card()).pendingUpdates === 0);
    expect(stack.bot.messages()).toEqual(['A', 'B']);
    await stack.until(async () => (await stack.contents()).includes('customer: hello?'));
    expect((await stack.contents()).filter((one) => one.includes('hello'))).toHaveLength(1);
  });
});

describe('the thread that accompanies one ends its run', () => {
  it('not before its last news have arrived', async () => {
    const recategorise = 'PUT /content_threads/*/update_categories';
    await handedOver({ '5xx': { on: recategorise } });
    const thread = await stack.companion();
    // The platform is tried again and again: no run ends meanwhile, however long it is.
    const { runId } = await thread.describe();
    await lengthen(thread, 2_100);
    expect((await thread.describe()).runId).toBe(runId);
    // Refused for good: the thread is the bot's again, and nothing is in flight.
    await stack.world.control.faults({ '403': { on: recategorise } });
    await stack.until(async () => (await thread.describe()).runId !== runId);
    await stack.untilPhase('bot');
    // The bot is told after the phase has changed.
    await stack.until(() => stack.bot.actions().length > 1);
    expect(stack.bot.actions()).toEqual(['conversations.waiting', 'conversations.returned']);
  });
});
