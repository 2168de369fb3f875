/**
 * `POST /channels/messenger`: turns Facebook's thread-control events into signals to threads.
 *
 * Checks, in this order: size 413, signature 401 before parsing (429 after many wrong signatures), JSON
 * 400, envelope 422. Then each customer's events are passed on. The answer is 200 only when Temporal has
 * accepted all of them; after any other status Facebook sends the delivery again, and duplicates are
 * recognised.
 */
import type { Context } from 'hono';
import { parseJson } from '../../../engage/json.js';
import { errorFields, type Log } from '../../../runtime/log.js';
import { parseHandovers, type HandoverEvent } from '../../../engage/messenger/webhook.js';
import type { MessengerCustomers } from '../../../temporal/messenger-customers.js';
import type { ControlEvent } from '../../../workflows/contract/index.js';
import { tooLarge, tooMany } from '../../limits/rate-limits.js';
import type { Guarded } from '../../limits/guarded.js';
import { retryAfter } from '../../webhook/admission.js';
import { readBody } from '../../webhook/read-body.js';
import { isSignedBy } from './signature.js';

export type MessengerChannel = {
  readonly customers: Pick<MessengerCustomers, 'deliver'>;
  readonly appSecret: string;
  readonly verifyToken: string;
};

export function createReceiveMessenger(
  { customers, appSecret }: MessengerChannel,
  { admission, rateLimits, log }: Guarded,
) {
  const most = rateLimits.limits.messenger.body;
  return async function receiveMessenger(c: Context): Promise<Response> {
    const body = await readBody(c, most);
    if (!body) return tooLarge(c, most);
    if (!isSignedBy(appSecret, body, c.req.header('x-hub-signature-256'))) {
      const seconds = rateLimits.take('messenger', c);
      if (seconds > 0) return tooMany(c, seconds);
      return c.json(
        { error: 'signature', message: 'X-Hub-Signature-256 is missing or wrong' },
        401,
      );
    }
    const parsed = parseJson(body.toString('utf8'));
    if (parsed === undefined) {
      return c.json({ error: 'not_json', message: 'the body is not JSON' }, 400);
    }
    const events = parseHandovers(parsed);
    if (!events) return c.json({ error: 'not_understood', message: 'entry: expected a list' }, 422);
    return admission.within(() => handOver(c, events, customers, log)) ?? sendAgain(c);
  };
}

async function handOver(
  c: Context,
  events: readonly HandoverEvent[],
  customers: MessengerChannel['customers'],
  log: Log,
): Promise<Response> {
  const delivered = byCustomer(events).map((group) => customers.deliver(group));
  const results = await Promise.allSettled(delivered);
  const refused = results.filter((result) => result.status === 'rejected');
  for (const { reason } of refused)
    log.error(errorFields(reason), 'a Messenger event was not delivered');
  if (refused.length === 0) return c.text('EVENT_RECEIVED');
  return sendAgain(c);
}

function sendAgain(c: Context): Response {
  c.header('retry-after', retryAfter);
  return c.json({ error: 'not_accepted', message: 'send again' }, 503);
}

function byCustomer(events: readonly HandoverEvent[]): readonly Parameters<Deliver>[0][] {
  const groups = new Map<string, Parameters<Deliver>[0]>();
  for (const event of events) {
    const { pageId, customerId } = event;
    const known = groups.get(`${pageId} ${customerId}`)?.events ?? [];
    const group = { pageId, customerId, events: [...known, toControlEvent(event)] };
    groups.set(`${pageId} ${customerId}`, group);
  }
  return [...groups.values()];
}
type Deliver = MessengerCustomers['deliver'];

/** Facebook gives these events no id: type, customer, app and time identify them. */
function toControlEvent({ type, customerId, appId, at }: HandoverEvent): ControlEvent {
  const to = appId === undefined ? {} : { appId };
  const id = `messenger.${type}:${customerId}:${appId ?? ''}:${at}`;
  return { id, type: `messenger.${type}`, issuedAt: at, customerId, ...to };
}
