/** Calling a tool: what the thread is told of it, and what it is not made to carry. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { expect, it } from 'vitest';
import { createCallTool } from '../../activities/call-tool.js';
import type { Bot } from '../../bots/bot.js';

const input = {
  sourceName: 'chat',
  botName: 'tester',
  turnId: 'turn-7',
  call: { id: '1', tool: 'find', input: {} },
};

function callTool(call: Bot['call']): Promise<unknown> {
  const answer = () => Promise.resolve({ replies: [] });
  const bot: Bot = { runs: 'remote', answer, ...(call && { call }) };
  const emergencies = { isInForce: () => Promise.resolve(false) };
  const activity = createCallTool({ bots: new Map([['tester', bot]]), emergencies });
  return new MockActivityEnvironment().run(activity, input);
}

it('its result is the outcome, and its key names turn and call', async () => {
  const keys: string[] = [];
  const outcome = await callTool((_, { idempotencyKey }) => {
    keys.push(idempotencyKey);
    return Promise.resolve({ found: true });
  });
  expect([outcome, keys]).toEqual([{ result: { found: true } }, ['turn-7/1']]);
});

it('a result larger than a thread may carry is a failure, at once', async () => {
  const large = callTool(() => Promise.resolve('x'.repeat(20_001)));
  await expect(large).rejects.toMatchObject({ type: 'ResultTooLarge', nonRetryable: true });
});

it('a bot without tools of Baton’s fails at once', async () => {
  await expect(callTool(undefined)).rejects.toMatchObject({ type: 'NoTools', nonRetryable: true });
});
