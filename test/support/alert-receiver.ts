/** Who receives alerts, as the business would write it: verifies each by Node's own means, without our packages. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { startHttpTarget, type Asked } from './http-target.js';

export type ReceivedAlert = {
  readonly type: string;
  readonly at: string;
  readonly thread: { readonly id: string; readonly source: string; readonly phase: string };
  readonly attention: { readonly code: string; readonly since: string };
  readonly resolvedBy?: string;
};

export type Delivered = {
  readonly id: string;
  readonly status: number;
  readonly alert: ReceivedAlert;
};

export type AlertReceiver = Awaited<ReturnType<typeof startAlertReceiver>>;

/** `answers`: the statuses of the first requests; `hang` is never answered. Then 200. */
export async function startAlertReceiver(secret: string) {
  const target = await startHttpTarget();
  const delivered: Delivered[] = [];
  let answers: (number | 'hang')[] = [];
  let always: number | undefined;
  target.answer = (asked: Asked, response: ServerResponse) => {
    const answer = always ?? answers.shift() ?? 200;
    if (answer === 'hang') return;
    const status = isGenuine(asked, secret) ? answer : 401;
    const alert = JSON.parse(asked.body) as ReceivedAlert;
    delivered.push({ id: String(asked.headers['webhook-id']), status, alert });
    response.writeHead(status).end();
  };
  return {
    url: `${target.url}/hooks/baton`,
    asked: target.asked,
    /** About this thread, and about all without one. */
    delivered: (thread = '') => delivered.filter(({ alert }) => alert.thread.id.endsWith(thread)),
    taken: (thread = '') =>
      delivered.filter(({ status, alert }) => status === 200 && alert.thread.id.endsWith(thread)),
    answer(...next: readonly (number | 'hang')[]) {
      always = undefined;
      answers = [...next];
    },
    answerAlways(status: number) {
      always = status;
    },
    close: () => target.close(),
  };
}

export function isGenuine({ headers, body }: Asked, secret: string): boolean {
  const signed = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`;
  const ours = Buffer.from(`v1,${createHmac('sha256', secret).update(signed).digest('base64')}`);
  const theirs = String(headers['webhook-signature'])
    .split(' ')
    .map((one) => Buffer.from(one));
  const isFresh = Math.abs(Date.now() / 1_000 - Number(headers['webhook-timestamp'])) < 300;
  return isFresh && theirs.some((one) => one.length === ours.length && timingSafeEqual(one, ours));
}
