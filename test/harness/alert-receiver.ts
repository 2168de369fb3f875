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

type Answer = number | 'hang';

/** The first requests are answered with these, `hang` never; then all with `always`. */
class Answers {
  #next: readonly Answer[] = [];
  #always = 200;

  set(next: readonly Answer[], always: number): void {
    [this.#next, this.#always] = [next, always];
  }

  take(): Answer {
    const [answer = this.#always, ...next] = this.#next;
    this.#next = next;
    return answer;
  }
}

/** Takes everything until it is told otherwise, of one thread or of all that nothing is said of. */
export async function startAlertReceiver(secret: string) {
  const target = await startHttpTarget();
  const delivered: Delivered[] = [];
  const ofAll = new Answers();
  const ofThread = new Map<string, Answers>();
  const answersOf = (thread: string) => {
    const known = ofThread.get(thread) ?? new Answers();
    ofThread.set(thread, known);
    return known;
  };
  target.answer = (asked: Asked, response: ServerResponse) => {
    const alert = JSON.parse(asked.body) as ReceivedAlert;
    const about = [...ofThread].find(([thread]) => alert.thread.id.endsWith(thread));
    const answer = (about?.[1] ?? ofAll).take();
    if (answer === 'hang') return;
    const status = isGenuine(asked, secret) ? answer : 401;
    delivered.push({ id: String(asked.headers['webhook-id']), status, alert });
    response.writeHead(status).end();
  };
  return {
    url: `${target.url}/hooks/baton`,
    asked: target.asked,
    askedAbout: (thread: string) => target.asked.filter(({ body }) => body.includes(thread)),
    /** About this thread, and about all without one. */
    delivered: (thread = '') => delivered.filter(({ alert }) => alert.thread.id.endsWith(thread)),
    taken: (thread = '') =>
      delivered.filter(({ status, alert }) => status === 200 && alert.thread.id.endsWith(thread)),
    answer: (...next: readonly Answer[]) => ofAll.set(next, 200),
    answerAlways: (status: number) => ofAll.set([], status),
    answerAbout: (thread: string, ...next: readonly Answer[]) => answersOf(thread).set(next, 200),
    answerAlwaysAbout: (thread: string, status: number) => answersOf(thread).set([], status),
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
