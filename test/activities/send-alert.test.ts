/** An alert to the business: what it carries, that all attempts have one id, and which answers end it. */
import { describe, expect, it } from 'vitest';
import { createSendAlert } from '../../activities/send-alert.js';
import type { AlertAnswer } from '../../runtime/alert-webhook.js';
import type { Alert, SendAlertInput } from '../../workflows/contract/alert.js';
import { attempt, failureOf, type SeenFailure } from '../harness/one-attempt.js';

const at = Date.parse('2026-01-15T09:30:00Z');
const alert: Alert = {
  ...{ number: 1, type: 'attention.raised', at, phase: 'handover', reason: 'customerAsked' },
  attention: { code: 'nobodyComes', since: at - 60_000 },
};
const input: SendAlertInput = {
  ...{ domainId: 'd', threadId: 't', source: 'chat', bornAt: at - 3_600_000, alert },
};

function send(answer: AlertAnswer, more: Partial<SendAlertInput> = {}) {
  const posted: (readonly [id: string, body: string])[] = [];
  const post = (id: string, body: string) => {
    posted.push([id, body]);
    return Promise.resolve(answer);
  };
  const sent = attempt(createSendAlert({ alerts: { post } }), { ...input, ...more });
  return sent.then(() => posted[0] ?? ['', '']);
}

it('an alert says what, where, why and since when', async () => {
  const raised = {
    ...{ type: 'attention.raised', at: '2026-01-15T09:30:00.000Z' },
    thread: { id: 'd:t', source: 'chat', phase: 'handover', reason: 'customerAsked' },
    attention: { code: 'nobodyComes', since: '2026-01-15T09:29:00.000Z' },
  };
  expect(JSON.parse((await send({ status: 200 }))[1])).toEqual(raised);
  const resolved: Alert = { ...alert, type: 'attention.resolved', resolvedBy: 'humanCame' };
  const [, body] = await send({ status: 200 }, { alert: resolved });
  expect(JSON.parse(body)).toEqual({
    ...{ ...raised, type: 'attention.resolved', resolvedBy: 'humanCame' },
  });
});

it('its id is the same in each attempt, and no other alert’s', async () => {
  const attention = { ...alert.attention, since: at };
  const others: readonly Partial<SendAlertInput>[] = [
    ...[{ domainId: 'e' }, { threadId: 'u' }, { bornAt: at }],
    { alert: { ...alert, number: 2 } },
    { alert: { ...alert, type: 'attention.resolved' } },
    { alert: { ...alert, at: at + 1 } },
    { alert: { ...alert, attention: { ...attention, code: 'pingPong' } } },
    { alert: { ...alert, attention } },
  ];
  const ids = await Promise.all(
    [{}, {}, ...others].map(async (one) => (await send({ status: 204 }, one))[0]),
  );
  expect(ids[0]).toMatch(/^alert_[0-9a-f]{32}$/);
  expect(ids[1]).toBe(ids[0]);
  expect(new Set(ids).size).toBe(1 + others.length);
});

describe('it is accepted or sent again', () => {
  it.each([200, 204, 299])('%i: accepted', async (status) => {
    await send({ status });
  });
  const again = { type: 'AlertNotAccepted', isFinal: false };
  it.each<[AlertAnswer, SeenFailure]>([
    [{ status: 199 }, again],
    [{ status: 300 }, again],
    [{ status: 404 }, again],
    [
      { status: 503, retryAfter: 7_000 },
      { ...again, retryAfter: 7_000 },
    ],
    [
      { status: 503, retryAfter: 601_000 },
      { ...again, retryAfter: 600_000 },
    ],
    [{ status: 410 }, { ...again, isFinal: true }],
    [{}, again],
  ])('%o: not accepted', async (answer, failure) => {
    expect(await failureOf(send(answer))).toStrictEqual(failure);
  });
  it.each<[AlertAnswer, string]>([
    [{ status: 503 }, 'answered 503'],
    [{ problem: 'refused by alerts.example' }, 'refused by alerts.example'],
    [{}, 'no answer'],
  ])('%o: the failure says why', async (answer, message) => {
    await expect(send(answer)).rejects.toMatchObject({ message });
  });
  it('waits for a worker with an address', async () => {
    const sent = attempt(createSendAlert({ alerts: undefined }), input);
    expect(await failureOf(sent)).toEqual({ type: 'NoAlerts', isFinal: false });
  });
});
