/**
 * Traces: one turn is one trace, from the delivery to the call that posts the reply, in two processes'
 * names; without them nothing of it is anywhere.
 */
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createLog } from '../../runtime/log.js';
import { wantsTraces } from '../../settings/traces.js';
import { startTracing } from '../../runtime/tracing/start.js';
import type { Role, Tracing } from '../../runtime/tracing/tracing.js';
import { Conversation } from '../harness/conversation.js';
import { startSilence } from '../harness/silence.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startOtlpReceiver } from '../harness/otlp-receiver.js';
import { testConfig } from '../harness/test-config.js';
import { startWorld, type World } from '../harness/world.js';

const canary = 'zephyr-4711';
const endpoint = 'OTEL_EXPORTER_OTLP_ENDPOINT';
/** Decoded payloads are text within JSON. */
const traceInPayload = /\\"trace\\":/;
const log = createLog('test', 'silent');

let bot: HttpTarget;
const closings: (() => Promise<void>)[] = [];
beforeAll(async () => {
  process.env['SECRET_OF_THE_BOT'] = 'a secret of the bot';
  bot = await startHttpTarget();
  bot.answer = json(200, { replies: [{ body: `Welcome, ${canary}!` }] });
});
afterAll(async () => {
  for (const close of closings) await close();
  await bot.close();
  delete process.env['SECRET_OF_THE_BOT'];
});

function config() {
  const http = { url: bot.url, secretFrom: 'SECRET_OF_THE_BOT', allowPrivate: true };
  return testConfig({ bot: { http } });
}

async function tracingTo(url: string, role: Role): Promise<Tracing> {
  process.env[endpoint] = url;
  const tracing = await startTracing(role, { isWanted: wantsTraces(), log });
  // oxlint-disable-next-line typescript/no-dynamic-delete
  delete process.env[endpoint];
  if (!tracing) throw new Error('traces are wanted');
  return tracing;
}

async function play(world: World): Promise<Conversation> {
  closings.unshift(() => world.stop());
  const ana = new Conversation(world);
  await ana.says(`hello, I am ${canary}`);
  expect(await ana.untilBotSaid(1)).toEqual([`Welcome, ${canary}!`]);
  await ana.untilQuiet();
  return ana;
}

async function historyOf(ana: Conversation): Promise<string> {
  const history = JSON.parse(historyToJSON(await ana.workflow.fetchHistory())) as object;
  return JSON.stringify(history, (key, value: unknown) =>
    key === 'data' && typeof value === 'string' ? Buffer.from(value, 'base64').toString() : value,
  );
}

it('a customer’s content is one trace from the delivery to the post, and contains no word of it', async () => {
  const receiver = await startOtlpReceiver();
  closings.push(() => receiver.close());
  const api = await tracingTo(receiver.url, 'baton-api');
  const worker = await tracingTo(receiver.url, 'baton-worker');
  const ana = await play(await startWorld({ config: config(), tracing: { api, worker } }));
  await Promise.all([api.end(), worker.end()]);

  const spans = receiver.spans();
  const named = (name: string) => spans.find((span) => span.name === name);
  const asked = named('ask bot');
  const posted = named('post reply');
  const trace = spans.filter(({ traceId }) => traceId === asked?.traceId);
  const call = trace.find(({ name }) => name === 'POST /contents');
  const delivery = trace.find(({ name }) => name === 'webhook');
  expect(delivery).toMatchObject({ service: 'baton-api' });
  expect(delivery?.parentSpanId ?? '').toBe('');
  expect(asked).toMatchObject({ service: 'baton-worker', parentSpanId: delivery?.spanId });
  expect(posted).toMatchObject({ traceId: asked?.traceId, parentSpanId: delivery?.spanId });
  expect(posted?.attributes).toMatchObject({ 'baton.source': 'chat', 'baton.outcome': 'posted' });
  expect(call).toMatchObject({ service: 'baton-worker', parentSpanId: posted?.spanId });
  expect(bot.asked.at(-1)?.headers['traceparent']).toBe(`00-${asked?.traceId}-${asked?.spanId}-01`);
  const ours = /^([a-z ]+|(GET|POST|PUT|DELETE) [/a-z_{}]+)$/;
  expect(spans.filter(({ name }) => !ours.test(name))).toEqual([]);
  expect(receiver.paths()).toEqual(['/v1/traces']);
  expect(receiver.said()).not.toContain(canary);
  expect(receiver.said()).not.toContain(ana.thread);
  expect(await historyOf(ana)).toMatch(traceInPayload);
});

it('where nobody traces, no signal, no work and no bot is told of traces', async () => {
  expect(await startTracing('baton-api', { isWanted: false, log })).toBeUndefined();
  const ana = await play(await startWorld({ config: config() }));
  const history = await historyOf(ana);
  expect(history).toContain(canary);
  expect(history).not.toMatch(traceInPayload);
  expect(bot.asked.at(-1)?.headers).not.toHaveProperty('traceparent');
});

it('a collector that hangs disturbs nobody, and ending does not wait for it', async () => {
  const silence = await startSilence();
  closings.push(() => silence.close());
  const away = { url: `http://127.0.0.1:${silence.port}` };
  const api = await tracingTo(away.url, 'baton-api');
  const worker = await tracingTo(away.url, 'baton-worker');
  await play(await startWorld({ config: config(), tracing: { api, worker } }));
  await expect(Promise.all([api.end(), worker.end()])).resolves.toBeDefined();
});

it('are wanted where OpenTelemetry’s own variables say so', () => {
  const to = 'http://collector:4318';
  const off = { [endpoint]: '', OTEL_TRACES_EXPORTER: 'otlp' };
  for (const env of [{}, off, { [endpoint]: to, OTEL_SDK_DISABLED: 'true' }]) {
    expect(wantsTraces(env)).toBe(false);
  }
  expect(wantsTraces({ [endpoint]: to, OTEL_TRACES_EXPORTER: 'none' })).toBe(false);
  expect(wantsTraces({ [endpoint]: to })).toBe(true);
  expect(wantsTraces({ ...off, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: to })).toBe(true);
});
