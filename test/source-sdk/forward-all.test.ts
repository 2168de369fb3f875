/** A source that forwards every message as it is said, and counts waiting times in seconds. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { SettingsError } from '../../settings/settings-error.js';
import { Stage } from './setup.js';
import { sourceSdkConfig, patient } from './config.js';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open({ sourceSdk: { ...patient, forward: 'all', queueUnit: 'seconds' } });
  stage.begin();
});
afterAll(() => stage.close());

it('has each message on the platform while the bot answers, without a handover', async () => {
  await stage.says('customer', 'm-1', 'Where is my parcel?');
  await stage.says('bot', 'm-2', 'Which one?');
  await stage.until(async () => (await stage.contents()).length === 2);
  expect(await stage.contents()).toEqual(['customer: Where is my parcel?', 'native: Which one?']);
  expect(await stage.card()).toMatchObject({ phase: 'bot', notPushed: 0 });
  expect(stage.bot.actions()).toEqual([]);
});

it('hands over what is there already: nothing twice', async () => {
  await stage.says('customer', 'm-3', 'A human, please.');
  await stage.handsOver();
  await stage.until(() => stage.bot.actions().includes('conversations.waiting'));
  const said = await stage.contents();
  expect(new Set(said).size).toBe(said.length);
  expect(said).toContain('customer: A human, please.');
});

it('notifies the bot of queue positions, in seconds', async () => {
  const thread = await stage.thread();
  await stage.endpoint('POST', '/cast/queue', { thread, position: 2, estimated_wait_time: 90 });
  await stage.until(() => stage.bot.actions().includes('queue.update'));
  const told = stage.bot.heard.find(({ action }) => action === 'queue.update');
  expect(told?.params).toMatchObject({ position: 2, estimated_wait_time: 90, unit: 'seconds' });
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
