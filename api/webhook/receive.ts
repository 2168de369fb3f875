/**
 * `POST /webhooks/engage`: turns a delivery of the platform into signals to threads.
 *
 * Checks, in this order, each with its own answer: declared size 413, content type 415, secret 401 (429
 * after many wrong ones), admission 503, JSON 400, envelope 422. The body is read only with a valid secret.
 * Then one signal per thread is sent. The answer is 200, the only status that the platform takes for success,
 * once Temporal has accepted all signals; 503 if it has not; 422 if it has, but an event was invalid. After
 * any other status than 200 the platform sends the delivery again, and threads drop the events they know.
 */
import type { Context } from 'hono';
import { parseJson } from '../../engage/json.js';
import { parseDelivery, type Delivery, type Flaw } from '../../engage/webhook.js';
import { errorFields, type Log } from '../../runtime/log.js';
import type { ThreadEvents, Threads } from '../../temporal/threads.js';
import { groupByThread } from './group-by-thread.js';
import type { Tracing } from '../../runtime/tracing/tracing.js';
import { tooLarge, tooMany, type RateLimits } from '../limits/rate-limits.js';
import { retryAfter, type Admission } from './admission.js';
import { withTrace } from './traced.js';
import { declaredTooLarge, readBody } from './read-body.js';

export type ReceiveOptions = {
  readonly threads: Threads;
  readonly isSecret: (given: string | undefined) => boolean;
  readonly admission: Admission;
  readonly rateLimits: RateLimits;
  /** Whether the source is in `baton.config.ts`. */
  readonly isOurs: (sourceId: string) => boolean;
  /** Called with the types of the accepted events. */
  readonly countEvents?: ((types: readonly string[]) => void) | undefined;
  readonly tracing?: Pick<Tracing, 'current'> | undefined;
  readonly log: Log;
};

export function createReceive(options: ReceiveOptions) {
  return async function receive(c: Context): Promise<Response> {
    const most = options.rateLimits.limits.webhook.body;
    const refusal = refusalByHeaders(c, most, options);
    if (refusal) return refusal;
    // Checked before anything is read, so that a refusal is cheap under load.
    if (options.admission.isFull) return busy(c);
    const body = await readBody(c, most);
    if (!body) return tooLarge(c, most);
    const parsed = parseJson(body.toString('utf8'));
    if (parsed === undefined) {
      return c.json({ error: 'not_json', message: 'the body is not JSON' }, 400);
    }
    const delivery = parseDelivery(parsed);
    if (!('events' in delivery)) return unprocessable(c, delivery.flaws);
    return options.admission.within(() => deliver(c, delivery, options)) ?? busy(c);
  };
}

function refusalByHeaders(
  c: Context,
  most: number,
  { isSecret, rateLimits }: ReceiveOptions,
): Response | undefined {
  if (declaredTooLarge(c, most)) return tooLarge(c, most);
  if (!isJson(c.req.header('content-type'))) {
    return c.json({ error: 'content_type', message: 'expected application/json' }, 415);
  }
  if (isSecret(c.req.header('x-dimelo-secret'))) return undefined;
  const seconds = rateLimits.take('webhook', c);
  if (seconds > 0) return tooMany(c, seconds);
  return c.json({ error: 'secret', message: 'X-Dimelo-Secret is missing or wrong' }, 401);
}

function busy(c: Context): Response {
  c.header('retry-after', retryAfter);
  const message = 'too many deliveries in flight; retry';
  return c.json({ error: 'busy', message }, 503);
}

async function deliver(
  c: Context,
  delivery: Delivery,
  { threads, isOurs, countEvents, tracing, log }: ReceiveOptions,
): Promise<Response> {
  const trace = tracing?.current();
  const groups = groupByThread(delivery, isOurs).map((group) => withTrace(group, trace));
  const results = await Promise.allSettled(groups.map((group) => threads.accept(group)));
  const refused = results.flatMap((result, index) =>
    result.status === 'rejected'
      ? [{ group: groups[index], reason: result.reason as unknown }]
      : [],
  );
  for (const { group, reason } of refused) logRefusal(log, group, reason);
  if (refused.length > 0) {
    c.header('retry-after', retryAfter);
    const message = `${refused.length} of ${groups.length} threads could not be reached; send again`;
    return c.json({ error: 'not_accepted', message }, 503);
  }
  countEvents?.(delivery.events.map(({ type }) => type));
  log.debug({ events: delivery.events.length, threads: groups.length }, 'delivery accepted');
  if (delivery.flaws.length > 0) {
    log.warn({ fields: delivery.flaws.map(({ field }) => field) }, 'events not understood');
    return unprocessable(c, delivery.flaws);
  }
  return c.text('ok');
}

function logRefusal(log: Log, group: ThreadEvents | undefined, reason: unknown): void {
  log.error({ thread: group?.threadId, ...errorFields(reason) }, 'events not accepted');
}

/** The valid events have been accepted; the answer names the invalid ones. */
function unprocessable(c: Context, flaws: readonly Flaw[]): Response {
  const [first] = flaws;
  const message = `${first?.field ?? 'body'}: ${first?.problem ?? 'not understood'}`;
  return c.json({ error: 'not_understood', message, fields: flaws }, 422);
}

function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json';
}
