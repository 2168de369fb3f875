/** A source that forwards every message as it is said, and counts waiting times in seconds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { SettingsError } from '../../settings/settings-error.js';
import { SdkStack } from './setup.js';
import { sourceSdkConfig, patient } from './config.js';

let stack: SdkStack;
beforeAll(async () => {
  stack = await SdkStack.open({ sourceSdk: { ...patient, forward: 'all', queueUnit: 'seconds' } });
  stack.begin();
});
afterAll(() => stack.close());

it('has each message on the platform while the bot answers, without a handover', async () => {
  await stack.says('customer', 'm-1', 'Where is my parcel?');
  await stack.says('bot', 'm-2', 'Which one?');
  await stack.until(async () => (await stack.contents()).length === 2);
  expect(await stack.contents()).toEqual(['customer: Where is my parcel?', 'native: Which one?']);
  expect(await stack.card()).toMatchObject({ phase: 'bot', notPushed: 0 });
  expect(stack.bot.actions()).toEqual([]);
});

it('hands over what is there already: nothing twice', async () => {
  await stack.says('customer', 'm-3', 'A human, please.');
  await stack.handsOver();
  await stack.until(() => stack.bot.actions().includes('conversations.waiting'));
  const said = await stack.contents();
  expect(new Set(said).size).toBe(said.length);
  expect(said).toContain('customer: A human, please.');
});

it('notifies the bot of queue positions, in seconds', async () => {
  const thread = await stack.thread();
  await stack.endpoint('POST', '/cast/queue', { thread, position: 2, estimated_wait_time: 90 });
  await stack.until(() => stack.bot.actions().includes('queue.update'));
  const update = stack.bot.handled.find(({ action }) => action === 'queue.update');
  expect(update?.params).toMatchObject({ position: 2, estimated_wait_time: 90, unit: 'seconds' });
});

it.each([
  ['a bot that is not sourceSdk', { bot: 'tester' }],
  ['no channel', { sourceSdk: undefined }],
])('is refused with %s, naming the setting', (_, change) => {
  const config = sourceSdkConfig('https://bot.example.com/baton');
  const sdk = { ...config.sources['sdk']!, ...change };
  const parse = () => parseConfig({ ...config, sources: { ...config.sources, sdk } });
  expect(parse).toThrow(SettingsError);
  expect(parse).toThrow('sources.sdk.sourceSdk');
});
