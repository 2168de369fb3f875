/**
 * Words that nobody but those concerned may read go all ways there are: by webhooks, to and from bots at once
 * and later, into failures, from operators, from a bot outside, past alerts. They are in no log of any
 * process, no number, no id, no search attribute, no refusal, and not in Temporal's database.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SimulatorControl } from '../../../simulator/control-client.js';
import { categories, domainId } from '../../../simulator/seed.js';
import { sourceId } from '../../source-sdk/config.js';
import { startAlertReceiver, type AlertReceiver } from '../../harness/alert-receiver.js';
import { foundIn } from '../../harness/canaries.js';
import { Conversation } from '../../harness/conversation.js';
import { startHttpTarget, type HttpTarget } from '../../harness/http-target.js';
import { SourceSdkBot, callBaton } from '../../harness/source-sdk-bot.js';
import { startEncryptedStack, type EncryptedStack } from '../../harness/encrypted-stack.js';
import { secrets } from '../../harness/world.js';
import { eventually } from '../../harness/eventually.js';

const ways = [
  'customer',
  'reply',
  'memory',
  'late',
  'failure',
  'why',
  'agent',
  'sourceSdk',
  'name',
];
const words = [...ways, 'delivery', 'secret', 'field', 'answer'].map((way) => `canary-${way}-bird`);
const canary = (way: string) => `canary-${way}-bird`;

let stack: EncryptedStack;
let control: SimulatorControl;
let bot: HttpTarget;
let sourceSdk: SourceSdkBot;
let receiver: AlertReceiver;
/** What was answered to whom had no right, or no sense. */
const refusals: string[] = [];

beforeAll(async () => {
  bot = await startHttpTarget();
  sourceSdk = await new SourceSdkBot().start();
  receiver = await startAlertReceiver(secrets.BATON_ALERT_SECRET);
  stack = await startEncryptedStack({
    ...{ BATON_CONFIG: 'test/harness/config-with-canaries.ts', BATON_LOG_LEVEL: 'debug' },
    ...{ TEST_BOT_URL: bot.url, TEST_BOT_SECRET: 'the secret both know' },
    ...{ TEST_SOURCE_SDK_URL: sourceSdk.url, TEST_ALERT_URL: receiver.url },
    ...{ BATON_SOURCE_SDK_SECRET: secrets.BATON_SOURCE_SDK_SECRET },
    ...{ BATON_SOURCE_SDK_BOT_SECRET: secrets.BATON_SOURCE_SDK_BOT_SECRET },
    ...{ BATON_ANSWER_SECRET: secrets.BATON_ANSWER_SECRET, BATON_PUBLIC_URL: 'http://127.0.0.1:1' },
    BATON_ALERT_SECRET: secrets.BATON_ALERT_SECRET,
  });
  ({ control } = stack.platform);
  bot.answer = ({ body }, response) => {
    const said = (JSON.parse(body) as { burst: { body: string }[] }).burst.at(-1)?.body ?? '';
    if (said.includes('die')) return void response.writeHead(400).end(canary('failure'));
    if (said.includes('later')) return void response.writeHead(202).end();
    const replies = [{ body: canary('reply') }];
    const because = { because: 'customerAsked', reason: canary('memory') };
    const remember = { kept: canary('memory') };
    const handOver = said.includes('human') ? { handOver: because } : {};
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ replies, remember, ...handOver }));
  };
}, 120_000);
afterAll(async () => {
  await stack.stop();
  await Promise.all([bot.close(), sourceSdk.stop(), receiver.close()]);
}, 60_000);

async function refused(path: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(new URL(path, stack.api), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
  expect(response.status, path).toBeGreaterThanOrEqual(400);
  refusals.push(`${await response.text()} ${JSON.stringify([...response.headers])}`);
}

const operator = { authorization: `Bearer ${secrets.BATON_OPERATOR_TOKEN}` };
const said = canary('customer');

async function talk(ana: Conversation): Promise<void> {
  await ana.says(`${said} hello`);
  await ana.untilBotSaid(1);
  await ana.says(`${said} later`);
  const callback = () =>
    bot.asked.findLast(({ body }) => body.includes('later'))?.headers['x-baton-callback'];
  await eventually(() => bot.asked.at(-1)?.body.includes('later')).toBe(true);
  const { pathname } = new URL(String(callback()));
  await refused(pathname, JSON.stringify({ replies: canary('answer') }));
  await refused('/bots/answers/wrong', JSON.stringify({ replies: canary('answer') }));
  await eventually(async () => {
    const late = { replies: [{ body: canary('late') }] };
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify(late);
    return (await fetch(new URL(pathname, stack.api), { method: 'POST', headers, body })).status;
  }).toBe(202);
  await eventually(async () => ana.botSaid()).toContain(canary('late'));
  await ana.says(`${said} die`);
  await ana.untilBotSaid(3);
  await ana.untilQuiet();
}

async function steer(ana: Conversation): Promise<void> {
  const at = `/operator/threads/${domainId}:${ana.thread}`;
  const why = { why: canary('why'), by: 'olga' };
  for (const act of ['take-over', 'return-to-bot']) {
    const headers = { ...operator, 'content-type': 'application/json' };
    const body = JSON.stringify(why);
    const { status } = await fetch(`${stack.api}${at}/${act}`, { method: 'POST', headers, body });
    expect(status, act).toBe(200);
  }
  await refused(`${at}/pause-bot`, JSON.stringify({ ...why, for: canary('field') }), operator);
  await refused(`${at}/take-over`, JSON.stringify({ why: canary('why'), by: 7 }), operator);
  await refused(`${at}/return-to-bot`, JSON.stringify(why), operator);
}

async function disturb(): Promise<void> {
  const secret = { 'x-dimelo-secret': secrets.BATON_WEBHOOK_SECRET };
  const wrongTime = { type: 'content.imported', id: 'e', issued_at: canary('delivery') };
  const resource = { type: 'content', id: 'c', metadata: { body: canary('delivery') } };
  const delivery = { id: 'd', domain_id: domainId, events: [{ ...wrongTime, resource }] };
  await refused('/webhooks/engage', JSON.stringify(delivery), secret);
  await refused('/webhooks/engage', `{"${canary('delivery')}":`, secret);
  await refused('/webhooks/engage', '{}', { 'x-dimelo-secret': canary('secret') });
  await refused('/operator/emergency', '{}', { authorization: `Bearer ${canary('secret')}` });
  await refused('/codec/decode', JSON.stringify({ payloads: canary('field') }), operator);
}

async function outsideTalk(): Promise<void> {
  const sdk = {
    ...{ id: sourceId, name: 'sdk', url: `${stack.api}/channels/source-sdk` },
    ...{ secret: secrets.BATON_SOURCE_SDK_SECRET, categories: [categories.bot] },
  };
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify(sdk);
  await fetch(`${stack.platform.url}/sdk`, { method: 'PUT', headers, body });
  const call = (action: string, params: object) =>
    callBaton(stack.api, action, { source: 'sdk', conversation: 'c-1', ...params });
  await call('messages.create', {
    message: { id: 'm', by: 'customer', body: canary('sourceSdk') },
  });
  const customer = { id: 'ana', screenname: canary('name'), email: `${canary('name')}@a.example` };
  await call('conversations.hand_over', { id: 'h', why: canary('sourceSdk'), customer });
  await eventually(() => sourceSdk.actions()).toContain('conversations.waiting');
}

it('what is said goes all ways, and arrives', async () => {
  await stack.untilReady();
  const ana = new Conversation({ temporal: stack.temporal, control });
  await talk(ana);
  await steer(ana);
  await disturb();
  await outsideTalk();
  await control.faults({ '403': { on: 'PUT /content_threads/*/update_categories' } });
  await ana.says(`${said} human`);
  await eventually(() => receiver.delivered().length).toBeGreaterThan(0);
  await control.faults({});
  await ana.agent('reply', { body: canary('agent') });
  await ana.untilPhase('agent');
  const there = JSON.stringify([await control.record(), bot.asked, sourceSdk.handled]);
  const arrived = ['customer', 'reply', 'memory', 'late', 'agent'];
  expect(arrived.filter((way) => !there.includes(canary(way)))).toEqual([]);
});

it('and none of it is where others look', async () => {
  const found = (text: string) => words.filter((word) => text.includes(word));
  expect(stack.logged()).toContain('"role":"worker"');
  expect(found(stack.logged())).toEqual([]);
  expect(refusals.length).toBeGreaterThan(8);
  expect(found(refusals.join())).toEqual([]);
  expect(found(JSON.stringify(receiver.asked))).toEqual([]);
  for (const url of [stack.api, stack.worker]) {
    expect(found(await (await fetch(`${url}/metrics`)).text())).toEqual([]);
  }
  const listed = await fetch(`${stack.api}/operator/threads`, { headers: operator });
  expect(found(await listed.text())).toEqual([]);
  for await (const { workflowId, raw } of stack.temporal.client.workflow.list()) {
    const attributes = Object.values(raw.searchAttributes?.indexedFields ?? {});
    const values = attributes.map(({ data }) => Buffer.from(data ?? []).toString());
    expect(values.length).toBeGreaterThan(0);
    expect(found([workflowId, ...values].join())).toEqual([]);
  }
  expect(foundIn(stack.databasePath, words)).toEqual([]);
});
