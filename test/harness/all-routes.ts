/**
 * An ingress with every endpoint enabled and nothing behind them, and one call of each endpoint of the table: right
 * in all but its body, and wrong in what it must know.
 */
import { createHmac } from 'node:crypto';
import { createApp, type AppOptions } from '../../api/app.js';
import type { LimitName } from '../../api/limits/routes.js';
import { createMetrics } from '../../api/metrics.js';
import { createAnswerTokens } from '../../bots/answer-token.js';
import { createLog } from '../../runtime/log.js';
import { noThreads, operatorOptions } from './operator-options.js';
import { hmac } from './source-sdk-bot.js';
import { RecordedThreads } from './recorded-threads.js';

const secret = 'secret-of-all-endpoints';

export function openAllRoutes(more: Partial<AppOptions> = {}): ReturnType<typeof createApp> {
  const accepted = () => Promise.resolve('accepted' as const);
  const operator = operatorOptions({ token: secret, threads: noThreads });
  const payloads = { open: () => Promise.resolve({ payloads: [], keys: [] }) };
  return createApp({
    threads: new RecordedThreads(),
    ...{ webhookSecrets: [secret], verifyToken: secret, isOurs: () => true },
    operator,
    codec: { ...operator, payloads, namespace: 'default', origin: undefined },
    webChat: { source: 'chat', triggerId: 'trigger' },
    sourceSdk: {
      secrets: { sdk: secret, bot: secret },
      sources: new Map(),
      conversations: {
        happened: () => Promise.resolve(),
        showMessage: () => Promise.resolve(undefined),
        describe: () => Promise.resolve(undefined),
      },
    },
    messenger: { customers: { deliver: accepted }, appSecret: secret, verifyToken: secret },
    answers: { secret, lateAnswers: { give: accepted } },
    metrics: createMetrics(),
    log: createLog('api', 'silent'),
    ...more,
  });
}

export type RouteCall = {
  readonly method: 'GET' | 'POST';
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
};

const json = { 'content-type': 'application/json' };
const bearer = { authorization: `Bearer ${secret}` };
const token = createAnswerTokens(secret).encrypt({ workflowId: 'thread:d:t', to: 'turn' });
const get = (target: string): RouteCall => ({ method: 'GET', target, headers: {} });
const post = (target: string, headers = {}): RouteCall => {
  return { method: 'POST', target, headers: { ...json, ...headers } };
};
const hub = (given: string) =>
  `?hub.mode=subscribe&hub.challenge=c&hub.verify_token=${encodeURIComponent(given)}`;

/** What is counted at each endpoint, one call of it. */
export const counted: Readonly<Record<LimitName, RouteCall>> = {
  webhook: post('/webhooks/engage', { 'x-dimelo-secret': 'wrong' }),
  verification: get(`/webhooks/engage${hub('wrong')}`),
  sourceSdk: post('/channels/source-sdk'),
  messenger: post('/channels/messenger'),
  answers: post('/bots/answers/nobodys'),
  question: post(`/bots/answers/${token}`),
  logIn: { ...get('/operator/me'), headers: { authorization: 'Bearer wrong' } },
  session: get('/operator/session/ways'),
  operator: { ...get('/operator/me'), headers: bearer },
  console: get('/console/assets/none.js'),
  webChat: get('/web-chat.js'),
  codec: post('/codec/decode', bearer),
  documents: get('/openapi.json'),
  health: get('/healthz'),
  metrics: get('/metrics'),
};

/** Those that take a body, with all that is asked before one is read. */
export const taking: readonly (readonly [LimitName, (body: Buffer) => RouteCall])[] = [
  ['webhook', () => post('/webhooks/engage', { 'x-dimelo-secret': secret })],
  [
    'sourceSdk',
    (body) => post('/channels/source-sdk', { 'x-smccsdk-signature': hmac(secret, body) }),
  ],
  ['messenger', (body) => post('/channels/messenger', { 'x-hub-signature-256': signed(body) })],
  ['question', () => post(`/bots/answers/${token}`)],
  ['session', () => post('/operator/session')],
  ['operator', () => post('/operator/emergency', bearer)],
  ['codec', () => post('/codec/decode', bearer)],
];

function signed(body: Buffer): string {
  return `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
}
