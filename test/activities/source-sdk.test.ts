/** Source SDK conversations: which answer ends a delivery and which is tried again, towards the bot and the platform. */
import { describe, expect, it } from 'vitest';
import { sourceSdkActivities } from '../../activities/source-sdk/index.js';
import type { SourceSdkPorts } from '../../activities/source-sdk/ports.js';
import { SdkError, type SdkErrorCode } from '../../engage/source-sdk/client.js';
import type { SourceSdkSettings } from '../../workflows/contract/index.js';
import { attempt, failureOf } from '../harness/one-attempt.js';

const settings = { sourceId: 's', forward: 'all' } as SourceSdkSettings;
const ports: SourceSdkPorts = {
  sourceSdkSettingsOf: (source) => (source === 'web' ? settings : undefined),
  sourceSdkThreads: { askHandover: () => Promise.resolve({ is: 'refused', code: 'notNow' }) },
};

describe('an update to the bot', () => {
  const input = {
    ...{ source: 'web', conversation: 'c', key: 'k', action: 'messages.create' },
    params: { text: 'hello' },
  };
  const posted: (readonly [body: string, key: string])[] = [];
  function update(status: number | undefined, attempts = 1) {
    const post = (body: string, key: string) => {
      posted.push([body, key]);
      return Promise.resolve(status);
    };
    const sourceSdkBots = (source: string) => (source === 'web' ? { post } : undefined);
    const activities = sourceSdkActivities({ ...ports, sourceSdkBots });
    const info = { attempt: attempts };
    return attempt((one: typeof input) => activities.updateSourceSdkBot(one), input, { info });
  }

  it.each([
    [1, false],
    [2, true],
  ])('says in attempt %i whether it is a retry', async (attempts, retry) => {
    await update(200, attempts);
    const params = { text: 'hello', source: 'web', conversation: 'c' };
    const [body, key] = posted.at(-1) ?? [''];
    expect(JSON.parse(body)).toEqual({ action: 'messages.create', params, key: 'k', retry });
    expect(key).toBe('k');
  });

  it.each<[number, object]>([
    [200, { is: 'done' }],
    [299, { is: 'done' }],
    [400, { is: 'refused', code: 'NotUnderstood' }],
    [404, { is: 'refused', code: 'NotFound' }],
    [410, { is: 'refused', code: 'Gone' }],
    [413, { is: 'refused', code: 'TooLarge' }],
    [422, { is: 'refused', code: 'Refused' }],
  ])('answered %i is over', async (status, outcome) => {
    expect(await update(status)).toEqual(outcome);
  });
  it.each([undefined, 199, 300, 401, 429, 503])('answered %s is sent again', async (status) => {
    const failure = { type: 'SourceSdkBot.NotDelivered', isFinal: false };
    expect(await failureOf(update(status))).toEqual(failure);
  });
  it('waits for a worker that knows the bot', async () => {
    const activities = sourceSdkActivities(ports);
    const updating = attempt(() => activities.updateSourceSdkBot(input), undefined);
    expect(await failureOf(updating)).toEqual({ type: 'NoSourceSdkBot', isFinal: false });
  });
});

describe('a push to the platform', () => {
  const pushed: unknown[] = [];
  function push(error?: Error) {
    const sdk = {
      push: (...given: readonly unknown[]) => {
        pushed.push(given);
        return error ? Promise.reject(error) : Promise.resolve();
      },
    };
    const activities = sourceSdkActivities({ ...ports, sdk });
    const input = { sourceId: 's', action: 'messages.create', params: { id: 'm' } };
    return attempt(() => activities.pushToEngage(input), undefined);
  }

  it('carries the object', async () => {
    expect(await push()).toEqual({ is: 'done' });
    expect(pushed).toEqual([['s', { action: 'messages.create', params: { id: 'm' } }]]);
  });
  it.each<SdkErrorCode>(['BadRequest', 'SourceNotFound', 'Refused'])('%s is over', async (code) => {
    expect(await push(new SdkError(code))).toEqual({ is: 'refused', code });
  });
  it.each<[SdkErrorCode, object]>([
    ['PlatformFailed', {}],
    ['NotAnswered', {}],
    ['TooManyTypings', { retryAfter: 2_000 }],
  ])('%s is tried again', async (code, more) => {
    const failure = { type: `Sdk.${code}`, isFinal: false, ...more };
    expect(await failureOf(push(new SdkError(code)))).toEqual(failure);
  });
  it('that a defect of ours ends is thrown as it is', async () => {
    const defect = new TypeError('of ours');
    await expect(push(defect)).rejects.toBe(defect);
  });
  it('waits for a worker with the secret', async () => {
    const activities = sourceSdkActivities(ports);
    const input = { sourceId: 's', action: 'x', params: {} };
    const pushing = attempt(() => activities.pushToEngage(input), undefined);
    expect(await failureOf(pushing)).toEqual({ type: 'NoSdkSecret', isFinal: false });
  });
});

it('settings are those of the source, or another worker’s', async () => {
  const activities = sourceSdkActivities(ports);
  const read = (source: string) =>
    attempt(async (one: { source: string }) => activities.readSourceSdkSettings(one), { source });
  expect(await read('web')).toBe(settings);
  expect(await failureOf(read('other'))).toEqual({ type: 'UnknownSource', isFinal: false });
});

it('a thread that is asked for a human answers itself', async () => {
  const activities = sourceSdkActivities(ports);
  const input = { domainId: 'd', threadId: 't', by: 'bot', why: '', key: 'k' };
  const asking = { ...input, because: 'customerAsked' } as const;
  const asked = attempt(() => activities.askThreadForHandover(asking), undefined);
  expect(await asked).toEqual({ is: 'refused', code: 'notNow' });
});
