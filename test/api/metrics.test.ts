/** What the ingress says of itself at /metrics, and that nothing from outside becomes a name or a label. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Hono } from 'hono';
import { createApp } from '../../api/app.js';
import { createMetrics } from '../../api/metrics.js';
import { createLog } from '../../runtime/log.js';
import { parseText, type Sample } from '../../runtime/metrics/text.js';
import { openAllRoutes } from '../harness/all-routes.js';
import { RecordedThreads } from '../harness/recorded-threads.js';

let threads = new RecordedThreads();
let app: Hono = appOf();
afterEach(() => {
  threads = new RecordedThreads();
  app = appOf();
});

function appOf(): Hono {
  const log = createLog('api', 'silent');
  const secrets = { webhookSecrets: ['secret'], verifyToken: 'verify-token' };
  return createApp({ threads, ...secrets, isOurs: () => true, metrics: createMetrics(), log });
}

async function served(): Promise<readonly Sample[]> {
  return parseText(await (await app.request('/metrics')).text());
}

async function valueOf(name: string, labels: object): Promise<number | undefined> {
  const wanted = JSON.stringify(labels);
  return (await served()).find((one) => one.name === name && JSON.stringify(one.labels) === wanted)
    ?.value;
}

function deliver(body: string, secret = 'secret'): Promise<Response> {
  const headers = { 'content-type': 'application/json', 'x-dimelo-secret': secret };
  return Promise.resolve(app.request('/webhooks/engage', { method: 'POST', body, headers }));
}

function delivery(...types: readonly string[]): string {
  const events = types.map((type, at) => ({
    ...{ type, id: `event-${at}`, issued_at: '2026-01-15T09:30:00.412Z' },
    resource: { id: `c-${at}`, metadata: { thread_id: 't', source_id: 's', body: 'canary' } },
  }));
  return JSON.stringify({ id: 'request', domain_id: 'domain', events });
}

describe('the metrics of the ingress', () => {
  it('how deliveries were answered, and how fast', async () => {
    await deliver(delivery('content.imported'));
    await deliver(delivery('content.imported'), 'wrong');
    threads.unreachable.add('t');
    expect((await deliver(delivery('content.imported'))).status).toBe(503);
    for (const outcome of ['accepted', 'secret', 'refused']) {
      expect(await valueOf('baton_deliveries_total', { outcome }), outcome).toBe(1);
      expect(await valueOf('baton_ack_seconds_count', { outcome }), outcome).toBe(1);
    }
    expect(await valueOf('baton_deliveries_total', { outcome: 'not_json' })).toBe(0);
    expect(await valueOf('baton_ack_seconds_bucket', { le: '3', outcome: 'refused' })).toBe(1);
  });

  it('accepted events by type, and unknown ones under one name', async () => {
    await deliver(delivery('content.imported', 'canary.happened', 'canary.again'));
    expect(await valueOf('baton_events_total', { type: 'content.imported' })).toBe(1);
    expect(await valueOf('baton_events_total', { type: 'other' })).toBe(2);
  });

  it('operators’ calls by route, never by what was typed', async () => {
    await app.request('/operator/emergency');
    await app.request('/operator/canary');
    expect(await valueOf('baton_operator_calls_total', { route: 'other', status: '403' })).toBe(2);
    const text = await (await app.request('/metrics')).text();
    expect(text).not.toContain('canary');
    expect(text).toContain('process_cpu_seconds_total');
  });
});

describe('behind a token', () => {
  it('the metrics require it', async () => {
    const metricsToken = 'token-of-the-metrics';
    const guarded = openAllRoutes({ metricsToken });
    const ask = async (headers: Record<string, string>) =>
      (await guarded.request('/metrics', { headers })).status;
    expect(await ask({})).toBe(401);
    expect(await ask({ authorization: 'Bearer token-of-the-metricsx' })).toBe(401);
    expect(await ask({ authorization: metricsToken })).toBe(401);
    expect(await ask({ authorization: `Bearer ${metricsToken}` })).toBe(200);
  });
});
