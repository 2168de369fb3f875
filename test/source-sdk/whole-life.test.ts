/** A conversation of a bot outside, whole: kept, handed over, answered by a human, given back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patient } from './config.js';
import { Stage } from './setup.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ sourceSdk: patient });
});
afterAll(() => stage.close());
beforeEach(() => {
  stage.begin();
  stage.bot.heard.length = 0;
  stage.bot.requests.length = 0;
});

/** The customer has talked to the bot, and the bot has asked for a human. */
async function handedOver(): Promise<void> {
  await stage.says('customer', 'm-1', 'Where is my parcel?');
  await stage.says('bot', 'm-2', 'Which one?');
  await stage.says('customer', 'm-3', 'A human, please.');
  await stage.handsOver({ customer: { id: 'ana', screenname: 'Ana', email: 'ana@example.com' } });
  await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
}

describe('from the bot to a human and back', () => {
  it('stays outside until a human is wanted', async () => {
    await stage.says('customer', 'm-1', 'hello');
    await stage.until(async () => (await stage.card()).said === 1);
    expect(await stage.card()).toMatchObject({ phase: 'bot', notPushed: 1 });
    const { contents } = await stage.world.control.record();
    expect(contents.map(({ body }) => body)).not.toContain('hello');
  });

  it('enters with its transcript, is answered in order, and ends with the intervention', async () => {
    await handedOver();
    expect((await stage.contents()).slice(0, 3)).toEqual([
      'customer: Where is my parcel?',
      'native: Which one?',
      'customer: A human, please.',
    ]);
    await stage.agent('reply', 'Good morning, Ana.');
    await stage.agent('reply', 'I am looking.');
    await stage.until(() => stage.bot.messages().length === 2);
    expect(stage.bot.messages()).toEqual(['Good morning, Ana.', 'I am looking.']);
    await stage.untilPhase('agent');

    await stage.says('customer', 'm-4', 'Thank you!');
    await stage.until(async () => (await stage.contents()).includes('customer: Thank you!'));
    await stage.agent('close');
    await stage.until(() => stage.bot.actions().includes('conversations.closed'));
    expect(stage.bot.actions()).toEqual([
      'conversations.waiting',
      'conversations.engaged',
      'conversations.closed',
    ]);
    expect(stage.bot.badSignatures).toBe(0);
    await stage.until(async () => (await stage.card()).pendingUpdates === 0);
    expect(await stage.card()).toMatchObject({ phase: 'bot', notPushed: 0 });
  });

  it('hands over a second time, with what was said since only', async () => {
    await handedOver();
    await stage.agent('reply', 'Hello.');
    await stage.agent('close');
    await stage.until(() => stage.bot.actions().includes('conversations.closed'));
    await stage.says('customer', 'm-5', 'One more thing.');
    await stage.handsOver({ id: 'h-2' });
    const waits = () => stage.bot.actions().filter((one) => one === 'conversations.waiting');
    await stage.until(() => waits().length === 2);
    const said = (await stage.contents()).filter((one) => one.startsWith('customer'));
    expect(said).toEqual([
      'customer: Where is my parcel?',
      'customer: A human, please.',
      'customer: One more thing.',
    ]);
  });

  it('notifies the bot of queue positions: seconds there, milliseconds here', async () => {
    await handedOver();
    const thread = await stage.thread();
    await stage.endpoint('POST', '/cast/queue', { thread, position: 3, estimated_wait_time: 90 });
    await stage.until(() => stage.bot.actions().includes('queue.update'));
    const told = stage.bot.heard.find(({ action }) => action === 'queue.update');
    expect(told?.params).toMatchObject({
      ...{ position: 3, estimated_wait_time: 90_000, unit: 'milliseconds' },
    });
    await stage.endpoint('POST', '/cast/typing', { thread, do: 'start' });
    await stage.until(() => stage.bot.actions().includes('typing.start'));
  });

  it('shows on the thread’s card where the customer stands, the newest, and while they wait', async () => {
    await handedOver();
    const thread = await stage.thread();
    const place = async () => (await stage.threadCard()).queuePosition;
    await stage.endpoint('POST', '/cast/queue', { thread, position: 3, estimated_wait_time: 90 });
    await stage.until(async () => (await place())?.position === 3);
    expect(await place()).toMatchObject({ waitMs: 90_000, isEstimate: false });
    await stage.endpoint('POST', '/cast/queue', { thread, position: 1 });
    await stage.until(async () => (await place())?.position === 1);
    expect(await place()).not.toHaveProperty('waitMs');
    await stage.agent('reply', 'Good morning.');
    await stage.until(() => stage.bot.actions().includes('conversations.engaged'));
    await stage.until(() => stage.bot.messages().length === 1);
    expect(await place()).toBeUndefined();
  });
});

describe('a handover that cannot be', () => {
  it('without a message of the customer: the bot is notified', async () => {
    await stage.handsOver();
    await stage.until(() => stage.bot.actions().includes('conversations.refused'));
    const refused = stage.bot.heard.find(({ action }) => action === 'conversations.refused');
    expect(refused?.params).toMatchObject({ because: 'nothingSaid' });
    await stage.untilPhase('bot');
  });
});

describe('repeats', () => {
  it('of everything the bot tells change nothing', async () => {
    await handedOver();
    const first = await stage.says('customer', 'm-4', 'Are you there?');
    await stage.until(async () => (await stage.contents()).includes('customer: Are you there?'));
    expect(await stage.says('customer', 'm-4', 'Are you there?')).toEqual(first);
    await stage.handsOver();
    await stage.until(async () => ((await stage.card()).counts['duplicates'] ?? 0) >= 2);
    expect((await stage.contents()).filter((one) => one.includes('there'))).toHaveLength(1);
    expect(stage.bot.actions()).toEqual(['conversations.waiting']);
  });

  it('of the platform’s create reach the customer once', async () => {
    await handedOver();
    await stage.world.control.faults({ duplicate: { rate: 1, on: 'channel.create' } });
    await stage.agent('reply', 'Once.');
    await stage.until(async () => ((await stage.card()).counts['duplicates'] ?? 0) > 0);
    await stage.world.control.faults({});
    await stage.until(() => stage.bot.messages().length === 1);
    expect(stage.bot.messages()).toEqual(['Once.']);
  });

  it('of a create whose answer was lost on the platform’s side, with `retry`', async () => {
    await handedOver();
    await stage.world.control.faults({ drop: { rate: 1, on: 'channel.create', times: 1 } });
    await stage.agent('reply', 'Only once.');
    await stage.until(async () => ((await stage.card()).counts['duplicates'] ?? 0) > 0);
    await stage.until(() => stage.bot.messages().length === 1);
    const calls = (await stage.endpoint('GET', '/sdk/calls')) as { params: { retry?: boolean } }[];
    expect(calls.filter(({ params }) => params.retry === true)).not.toEqual([]);
  });
});
