/** The channel's secret is being changed: the one before counts for what comes in, and for nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { readApiEnvironment, readWorkerEnvironment } from '../../settings/environment.js';
import { sourceSdkSecrets } from '../../settings/source-sdk.js';
import { SettingsError } from '../../settings/settings-error.js';
import { createSourceSdkPorts } from '../../worker/source-sdk-ports.js';
import { hmac } from '../harness/source-sdk-bot.js';
import { startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { sourceSdkConfig, sourceId } from './config.js';

const business = parseConfig(sourceSdkConfig('https://bot.example.com/baton'));
const env = {
  BATON_SOURCE_SDK_SECRET: 'the-token-of-today',
  BATON_SOURCE_SDK_SECRET_PREVIOUS: 'the-token-of-yesterday',
  BATON_SOURCE_SDK_BOT_SECRET: 'secret-of-the-source-sdk-bot',
};

let platform: HttpTarget;
beforeAll(async () => {
  platform = await startHttpTarget();
  platform.answer = (_, response) => response.end('ok');
});
afterAll(() => platform.close());

it('the ingress takes both, a worker the one of now', () => {
  const ingress = sourceSdkSecrets(readApiEnvironment(env), business.sources);
  expect(ingress).toMatchObject({
    sdk: 'the-token-of-today',
    sdkPrevious: 'the-token-of-yesterday',
  });
  const worker = sourceSdkSecrets(readWorkerEnvironment(env), business.sources);
  expect(worker).toMatchObject({ sdk: 'the-token-of-today' });
  expect(JSON.stringify(worker)).not.toContain('yesterday');
});

it('a short one keeps the ingress from starting', () => {
  const read = () => readApiEnvironment({ ...env, BATON_SOURCE_SDK_SECRET_PREVIOUS: 'short-one' });
  expect(read).toThrow(SettingsError);
  expect(read).toThrow('BATON_SOURCE_SDK_SECRET_PREVIOUS');
});

it('what is pushed is signed with the one of now', async () => {
  const sourceSdk = sourceSdkSecrets(readApiEnvironment(env), business.sources);
  const { sdk } = createSourceSdkPorts(business, { url: platform.url, sourceSdk });
  await sdk?.push(sourceId, { action: 'users.create', params: { id: 'baton-bot' } });
  const [pushed] = platform.asked;
  const signature = hmac('the-token-of-today', pushed?.body ?? '');
  expect(pushed?.headers['x-smccsdk-signature']).toBe(signature);
});
