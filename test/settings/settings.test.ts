/** A process with wrong settings does not start, and says every wrong one at once, never its value. */
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAnswerTokens } from '../../bots/answer-token.js';
import { sourceSettings, type BatonConfig } from '../../settings/business.js';
import { developmentSecrets } from '../../settings/development.js';
import { parseDuration } from '../../settings/duration.js';
import {
  readApiEnvironment,
  readPorts,
  readWorkerEnvironment,
  type Environment,
} from '../../settings/environment.js';
import { alertAccess } from '../../settings/alerts.js';
import { answerAccess } from '../../settings/late-answers.js';
import { usualPolicies } from '../../settings/source.js';
import { parseConfig } from '../../settings/load-config.js';
import { loadSettings } from '../../settings/load-settings.js';
import { SettingsError } from '../../settings/settings-error.js';
import { temporalSettings } from '../../temporal/settings.js';
import { healthOfWorker } from '../../cli/start/health-of-worker.js';
import { testConfig } from '../harness/test-config.js';
import { createAnswerUrl } from '../../worker/answer-url.js';

const good: BatonConfig = {
  botUser: { userId: 'u' },
  bots: { helper: { scripted: { greet: 'hi' } } },
  sources: { chat: { id: 's', categories: { bot: 'b', agent: 'a' }, bot: 'helper' } },
};

function wrongIn(read: () => unknown): readonly string[] {
  try {
    read();
  } catch (error) {
    if (error instanceof SettingsError) return error.wrong.map(({ setting }) => setting).sort();
    throw error;
  }
  return [];
}

describe('baton.config.ts', () => {
  it('says what a source’s channel shows; nothing but text unless it does', () => {
    const on = (channel?: 'whatsapp') => {
      const chat = { ...good.sources['chat']!, ...(channel && { channel }) };
      return sourceSettings(parseConfig({ ...good, sources: { chat } }), 's')?.channel;
    };
    expect(on('whatsapp')).toEqual({ kind: 'whatsapp', structured: ['template', 'list'] });
    expect(on()).toBeUndefined();
  });

  it('has a default for everything but who is who', () => {
    const settings = sourceSettings(parseConfig(good), 's');
    expect(settings).toMatchObject({
      name: 'chat',
      policies: [...usualPolicies, 'reopen-to-bot'],
      settleWindow: 5 * 60_000,
      threadInclusionDelay: 24 * 3_600_000,
      linger: 26 * 3_600_000,
      openIntervention: 'first',
    });
  });

  it('lingers at least as long as duplicates may come, and as long as threads include', () => {
    const { chat } = good.sources;
    const sources = { chat: { ...chat!, threadInclusionDelay: '3 days' } };
    expect(sourceSettings(parseConfig({ ...good, sources }), 's')?.linger).toBe(72 * 3_600_000);
  });

  it('names every wrong setting at once', () => {
    const bad = {
      botUser: {},
      bots: {
        helper: { scripted: { greet: 'hi', answer: [] } },
        file: { scripted: 'nowhere.yaml' },
      },
      sources: {
        chat: {
          id: '',
          categories: { bot: 'b' },
          bot: 'nobody',
          policies: ['hand-over-when-asked', 'no-such-policy'],
          settleWindow: 'soon',
          threadInclusionDelay: 24,
          settleWindows: '5m',
        },
      },
    };
    expect(wrongIn(() => parseConfig(bad))).toEqual([
      'botUser.userId',
      'bots.file.scripted',
      'bots.helper.scripted.answer',
      'sources.chat.bot',
      'sources.chat.categories.agent',
      'sources.chat.id',
      'sources.chat.policies.1',
      'sources.chat.settleWindow',
      'sources.chat.settleWindows',
      'sources.chat.threadInclusionDelay',
    ]);
  });

  it.each(['a "quoted" name', 'back\\slash'])('refuses %s: searches cannot find it', (name) => {
    const sources = { [name]: good.sources['chat']! };
    expect(wrongIn(() => parseConfig({ ...good, sources }))).toEqual(['sources']);
  });

  it.each([
    ['5m', 300_000],
    ['90s', 90_000],
    ['24h', 86_400_000],
    ['3 weeks', 1_814_400_000],
    ['500ms', 500],
    ['-5m', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('reads the duration "%s" as %s ms', (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });
});

describe('the environment', () => {
  const real = { ENGAGE_URL: 'https://shop.api.digital.ringcentral.com' };

  it('of the ingress with a real platform needs the webhook’s secrets, and no token', () => {
    expect(wrongIn(() => readApiEnvironment(real))).toEqual([
      'BATON_WEBHOOK_SECRET',
      'BATON_WEBHOOK_VERIFY_TOKEN',
    ]);
  });

  it('of the worker with a real platform needs the token, and no webhook’s secret', () => {
    expect(wrongIn(() => readWorkerEnvironment(real))).toEqual(['ENGAGE_TOKEN']);
  });

  it('of workers with a version: its name and its deployment’s, or neither', () => {
    const env = { ...real, ENGAGE_TOKEN: 'long-enough' };
    const both = { BATON_DEPLOYMENT_NAME: 'baton', BATON_BUILD_ID: '0.1.0' };
    expect(readWorkerEnvironment({ ...env, ...both })).toMatchObject(both);
    for (const [one, other] of [Object.keys(both), Object.keys(both).reverse()]) {
      const half = { ...env, ...both, [one!]: '' };
      expect(
        wrongIn(() => readWorkerEnvironment(half)),
        other,
      ).toEqual([one]);
    }
    const dotted = { ...env, ...both, BATON_DEPLOYMENT_NAME: 'bat.on' };
    expect(wrongIn(() => readWorkerEnvironment(dotted))).toEqual(['BATON_DEPLOYMENT_NAME']);
  });

  it('refuses a URL over which the token would travel in clear', () => {
    const env = {
      ENGAGE_URL: 'http://shop.api.digital.ringcentral.com',
      ENGAGE_TOKEN: 'long-enough',
    };
    expect(wrongIn(() => readWorkerEnvironment(env))).toEqual(['ENGAGE_URL']);
  });

  it('of late answers: where the ingress is, with what its addresses are signed with', () => {
    const url = { BATON_PUBLIC_URL: 'https://baton.example/base/' };
    const wrong = (env: Environment) => wrongIn(() => answerAccess(readWorkerEnvironment(env)));
    expect(wrong(url)).toEqual(['BATON_ANSWER_SECRET']);
    expect(wrong({ ...url, BATON_ANSWER_SECRET: 'short-secret' })).toEqual(['BATON_ANSWER_SECRET']);
    const clear = { BATON_PUBLIC_URL: 'http://baton.example', BATON_ANSWER_SECRET: 's'.repeat(16) };
    expect(wrong(clear)).toEqual(['BATON_PUBLIC_URL']);
    expect(answerAccess(readWorkerEnvironment({}))).toBeUndefined();
    const access = answerAccess(readWorkerEnvironment({ ...clear, ...url }));
    const question = { workflowId: 'thread:d:t', to: 'turn' };
    const address = createAnswerUrl(access).answerUrl?.(question) ?? '';
    const [, token = ''] =
      /^https:\/\/baton\.example\/base\/bots\/answers\/(.+)$/.exec(address) ?? [];
    expect(createAnswerTokens('s'.repeat(16)).open(token)).toEqual(question);
  });

  it('of alerts: what they are signed with, where the business wants them', () => {
    const business = (url: string) => parseConfig({ ...testConfig(), alerts: { url } });
    const hooks = business('https://hooks.example/baton');
    const access = (env: Environment, settings = hooks) =>
      alertAccess(readWorkerEnvironment(env), settings);
    expect(wrongIn(() => access({}))).toEqual(['BATON_ALERT_SECRET']);
    expect(wrongIn(() => access({ BATON_ALERT_SECRET: 'short-secret' }))).toEqual([
      'BATON_ALERT_SECRET',
    ]);
    const unlike = { BATON_ALERT_SECRET: 'whsec_not-base64-at-all' };
    expect(wrongIn(() => access(unlike))).toEqual(['BATON_ALERT_SECRET']);
    const env = { BATON_ALERT_SECRET: 's'.repeat(16) };
    expect(access(env)).toMatchObject({ url: 'https://hooks.example/baton', allowPrivate: false });
    expect(access(env, business('http://127.0.0.1:9000/'))).toMatchObject({ allowPrivate: true });
    expect(access(env, parseConfig(testConfig()))).toBeUndefined();
    expect(wrongIn(() => business('http://hooks.example/'))).toEqual(['alerts.url']);
    expect(wrongIn(() => business('https://me:pass@hooks.example/'))).toEqual(['alerts.url']);
  });

  it('of encryption: both or neither, and never a value', () => {
    const key = (id: string, byte = 7) => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
    const [BATON_ENCRYPTION_KEYS, BATON_KEY_STORE] = [`${key('new')},${key('old', 8)}`, 'file:/k'];
    const both = { BATON_ENCRYPTION_KEYS, BATON_KEY_STORE };
    const read = (env: Environment) => temporalSettings(env, 7233).encryption;
    expect(read({})).toBeUndefined();
    expect(read(both)?.masterKeys.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(read(both)?.store).toEqual({ directory: '/k' });
    const database = 'postgres://keeper:canary@keys.example/baton_keys';
    expect(read({ ...both, BATON_KEY_STORE: database })?.store).toEqual({ database });
    const wrong = (env: Environment) => wrongIn(() => read(env));
    expect(wrong({ BATON_ENCRYPTION_KEYS })).toEqual(['BATON_KEY_STORE']);
    expect(wrong({ BATON_KEY_STORE })).toEqual(['BATON_ENCRYPTION_KEYS']);
    const canary = 'canary'.repeat(7);
    for (const keys of [canary, `a:${canary}`, `${key('a')},${key('a')}`, ',', 'file:/nowhere']) {
      expect(wrong({ ...both, BATON_ENCRYPTION_KEYS: keys })).toEqual(['BATON_ENCRYPTION_KEYS']);
      const act = () => read({ ...both, BATON_ENCRYPTION_KEYS: keys });
      expect(act).toThrow(expect.not.stringContaining('canary'));
    }
    for (const store of ['/k', 'file:', 'mysql://a/b', 'postgres://host']) {
      expect(wrong({ ...both, BATON_KEY_STORE: store }), store).toEqual(['BATON_KEY_STORE']);
    }
  });

  it('names every bad port', () => {
    const env = { BATON_API_PORT: 'http', BATON_SIMULATOR_PORT: '70000', BATON_TEMPORAL_PORT: '0' };
    expect(wrongIn(() => readPorts(env))).toEqual(Object.keys(env).sort());
  });

  it('says where workers are asked: URLs, one or several', () => {
    const read = (url: string) => readApiEnvironment({ BATON_WORKERS_URL: url });
    for (const url of ['http://worker:8081', 'http://a:1, https://b.example/x']) {
      expect(read(url).BATON_WORKERS_URL).toBe(url);
    }
    expect(read('').BATON_WORKERS_URL).toBeUndefined();
    for (const url of ['worker:8081', 'http://a:1,', 'http://a:1 b', 'ftp://a']) {
      expect(
        wrongIn(() => read(url)),
        url,
      ).toEqual(['BATON_WORKERS_URL']);
    }
  });

  it('of `npm start` let the ingress ask the worker where it listens', () => {
    const healthFrom = (env: Environment) => healthOfWorker(readPorts(env), env);
    const at = (url: string, port = '9465') => ({
      ...{ BATON_WORKER_HEALTH_PORT: port, BATON_WORKERS_URL: url },
    });
    expect(healthFrom({})).toEqual(at('http://127.0.0.1:9465'));
    expect(healthFrom({ BATON_API_HOST: '0.0.0.0' })).toEqual(at('http://127.0.0.1:9465'));
    expect(healthFrom({ BATON_API_HOST: '::1' })).toEqual(at('http://[::1]:9465'));
    expect(healthFrom({ BATON_WORKER_HEALTH_PORT: '1' })).toEqual(at('http://127.0.0.1:1', '1'));
    expect(healthFrom({ BATON_WORKERS_URL: 'http://w:2' })).toEqual(at('http://w:2'));
  });

  it('takes an empty variable as an unset one', () => {
    expect(readPorts({ BATON_API_PORT: '' }).BATON_API_PORT).toBe(8080);
  });

  it('never repeats a value: it may be a secret', () => {
    const env = {
      ...real,
      BATON_WEBHOOK_SECRET: 'canary with spaces',
      BATON_WEBHOOK_VERIFY_TOKEN: 'x',
    };
    expect(() => readApiEnvironment(env)).toThrow(expect.not.stringContaining('canary'));
  });

  it('and the file’s wrong settings come together', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-config-'));
    const path = join(folder, 'baton.config.mjs');
    writeFileSync(path, 'export const config = { botUser: {}, bots: {}, sources: {} };');
    const env = { ...real, BATON_CONFIG: path, TEMPORAL_ADDRESS: 'https://temporal:7233' };
    const load = loadSettings(readWorkerEnvironment, temporalSettings, env);
    const error: unknown = await load.catch((thrown: unknown) => thrown);
    if (!(error instanceof SettingsError)) throw new Error('it loaded');
    const names = error.wrong.map(({ setting }) => setting).sort();
    expect(names).toEqual(['ENGAGE_TOKEN', 'TEMPORAL_ADDRESS', 'botUser.userId', 'sources']);
  });

  it('names the simulator’s wrong port beside what else is wrong', () => {
    const env = { BATON_SIMULATOR_PORT: 'x', BATON_LOG_LEVEL: 'loud' };
    expect(wrongIn(() => readWorkerEnvironment(env))).toEqual(Object.keys(env).sort());
    expect(wrongIn(() => readApiEnvironment(env))).toEqual(['BATON_LOG_LEVEL']);
  });

  it('of Temporal is as its own CLI’s, and checked as ours is', () => {
    const wrong = (env: Environment) => wrongIn(() => temporalSettings(env, 7233));
    expect(wrong({ TEMPORAL_PROFILE: 'nobody' })).toEqual(['TEMPORAL_PROFILE']);
    expect(wrong({ TEMPORAL_TLS_CLIENT_CERT_PATH: '/nowhere/cert.pem' })).toEqual([
      'TEMPORAL_TLS_CLIENT_CERT_PATH',
    ]);
    for (const TEMPORAL_ADDRESS of ['a b:7233', 'http://temporal:7233', 'temporal:x', ':7233']) {
      expect(wrong({ TEMPORAL_ADDRESS }), TEMPORAL_ADDRESS).toEqual(['TEMPORAL_ADDRESS']);
    }
    for (const TEMPORAL_ADDRESS of ['temporal', 'temporal:7233', '[::1]:7233', '10.0.0.1:7233']) {
      expect(wrong({ TEMPORAL_ADDRESS }), TEMPORAL_ADDRESS).toEqual([]);
    }
  });
});

describe('development secrets', () => {
  it('are random, made once, and for this user’s eyes only', () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-secrets-'));
    const path = join(folder, 'deep', 'secrets.json');
    const first = developmentSecrets(path);
    expect(developmentSecrets(path)).toEqual(first);
    expect(developmentSecrets(join(folder, 'other.json'))).not.toEqual(first);
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });
});
