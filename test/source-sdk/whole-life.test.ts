/** A conversation of a bot outside, whole: kept, handed over, answered by a human, given back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patient } from './config.js';
import { SdkStack } from './setup.js';

let stack: SdkStack;
beforeAll(async () => {
  stack = await SdkStack.open({ sourceSdk: patient });
});
afterAll(() => stack.close());
beforeEach(() => {
  stack.begin();
  stack.bot.handled.length = 0;
  stack.bot.requests.length = 0;
});

/** The customer has talked to the bot, and the bot has asked for a human. */
async function handedOver(): Promise<void> {
  await stack.says('customer', 'm-1', 'Where is my parcel?');
  await stack.says('bot', 'm-2', 'Which one?');
  await stack.says('customer', 'm-3', 'A human, please.');
  await stack.handsOver({ customer: { id: 'ana', screenname: 'Ana', email: 'ana@example.com' } });
  await stack.until(() => stack.bot.actions().includes('conversations.waiting'));
}

describe('from the bot to a human and back', () => {
  it('stays outside until a human is wanted', async () => {
    await stack.says('customer', 'm-1', 'hello');
    await stack.until(async () => (await stack.card()).said === 1);
    expect(await stack.card()).toMatchObject({ phase: 'bot', notPushed: 1 });
    const { contents } = await stack.world.control.record();
    expect(contents.map(({ body }) => body)).not.toContain('hello');
  });

  it('enters with its transcript, is answered in order, and ends with the intervention', async () => {
    await handedOver();
    expect((await stack.contents()).slice(0, 3)).toEqual([
      'customer: Where is my parcel?',
      'native: Which one?',
      'customer: A human, please.',
    ]);
    await stack.agent('reply', 'Good morning, Ana.');
    await stack.agent('reply', 'I am looking.');
    await stack.until(() => stack.bot.messages().length === 2);
    expect(stack.bot.messages()).toEqual(['Good morning, Ana.', 'I am looking.']);
    await stack.untilPhase('agent');

    await stack.says('customer', 'm-4', 'Thank you!');
    await stack.until(async () => (await stack.contents()).includes('customer: Thank you!'));
    await stack.agent('close');
    await stack.until(() => stack.bot.actions().includes('conversations.closed'));
    expect(stack.bot.actions()).toEqual([
      'conversations.waiting',
      'conversations.engaged',
      'conversations.closed',
    ]);
    expect(stack.bot.badSignatures).toBe(0);
    await stack.until(async () => (await stack.card()).pendingUpdates === 0);
    expect(await stack.card()).toMatchObject({ phase: 'bot', notPushed: 0 });
  });

  it('hands over a second time, with what was said since only', async () => {
    await handedOver();
    await stack.agent('reply', 'Hello.');
    await stack.agent('close');
    await stack.until(() => stack.bot.actions().includes('conversations.closed'));
    await stack.says('customer', 'm-5', 'One more thing.');
    await stack.handsOver({ id: 'h-2' });
    const waits = () => stack.bot.actions().filter((one) => one === 'conversations.waiting');
    await stack.until(() => waits().length === 2);
    const said = (await stack.contents()).filter((one) => one.startsWith('customer'));
    expect(said).toEqual([
      'customer: Where is my parcel?',
      'customer: A human, please.',
      'customer: One more thing.',
    ]);
  });

  it('notifies the bot of queue positions: seconds there, milliseconds here', async () => {
    await handedOver();
    const thread = await stack.thread();
    await stack.endpoint('POST', '/cast/queue', { thread, position: 3, estimated_wait_time: 90 });
    await stack.until(() => stack.bot.actions().includes('queue.update'));
    const update = stack.bot.handled.find(({ action }) => action === 'queue.update');
    expect(update?.params).toMatchObject({
      ...{ position: 3, estimated_wait_time: 90_000, unit: 'milliseconds' },
    });
    await stack.endpoint('POST', '/cast/typing', { thread, do: 'start' });
    await stack.until(() => stack.bot.actions().includes('typing.start'));
  });

  it('shows on the thread’s card where the customer stands, the newest, and while they wait', async () => {
    await handedOver();
    const thread = await stack.thread();
    const place = async () => (await stack.threadCard()).queuePosition;
    await stack.endpoint('POST', '/cast/queue', { thread, position: 3, estimated_wait_time: 90 });
    await stack.until(async () => (await place())?.position === 3);
    expect(await place()).toMatchObject({ waitMs: 90_000, isEstimate: false });
    await stack.endpoint('POST', '/cast/queue', { thread, position: 1 });
    await stack.until(async () => (await place())?.position === 1);
    expect(await place()).not.toHaveProperty('waitMs');
    await stack.agent('reply', 'Good morning.');
    await stack.until(() => stack.bot.actions().includes('conversations.engaged'));
    await stack.until(() => stack.bot.messages().length === 1);
    expect(await place()).toBeUndefined();
  });
});

describe('a handover that cannot be', () => {
  it('without a message of the customer: the bot is notified', async () => {
    await stack.handsOver();
    await stack.until(() => stack.bot.actions().includes('conversations.refused'));
    const refused = stack.bot.handled.find(({ action }) => action === 'conversations.refused');
    expect(refused?.params).toMatchObject({ because: 'nothingSaid' });
    await stack.untilPhase('bot');
  });
});

describe('repeats', () => {
  it('of every call of the bot change nothing', async () => {
    await handedOver();
    const first = await stack.says('customer', 'm-4', 'Are you there?');
    await stack.until(async () => (await stack.contents()).includes('customer: Are you there?'));
    expect(await stack.says('customer', 'm-4', 'Are you there?')).toEqual(first);
    await stack.handsOver();
    await stack.until(async () => ((await stack.card()).counts['duplicates'] ?? 0) >= 2);
    expect((await stack.contents()).filter((one) => one.includes('there'))).toHaveLength(1);
    expect(stack.bot.actions()).toEqual(['conversations.waiting']);
  });

  it('of the platform’s create reach the customer once', async () => {
    await handedOver();
    await stack.world.control.faults({ duplicate: { rate: 1, on: 'channel.create' } });
    await stack.agent('reply', 'Once.');
    await stack.until(async () => ((await stack.card()).counts['duplicates'] ?? 0) > 0);
    await stack.world.control.faults({});
    await stack.until(() => stack.bot.messages().length === 1);
    expect(stack.bot.messages()).toEqual(['Once.']);
  });

  it('of a create whose answer was lost on the platform’s side, with `retry`', async () => {
    await handedOver();
    await stack.world.control.faults({ drop: { rate: 1, on: 'channel.create', times: 1 } });
    await stack.agent('reply', 'Only once.');
    await stack.until(async () => ((await stack.card()).counts['duplicates'] ?? 0) > 0);
    await stack.until(() => stack.bot.messages().length === 1);
    const calls = (await stack.endpoint('GET', '/sdk/calls')) as { params: { retry?: boolean } }[];
    expect(calls.filter(({ params }) => params.retry === true)).not.toEqual([]);
  });
});
