/** `/channels/messenger`: Facebook's webhook, by its signature over the bytes, and what becomes of it. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMessengerRoutes } from '../../api/channels/messenger/routes.js';
import { createGuarded } from '../../api/limits/guarded.js';
import { createLog } from '../../runtime/log.js';
import type { MessengerCustomers } from '../../temporal/messenger-customers.js';

const appSecret = 'secret-of-the-app';
type Delivered = Parameters<MessengerCustomers['deliver']>[0];

function app(deliver: MessengerCustomers['deliver'] = () => Promise.resolve('accepted')) {
  const delivered: Delivered[] = [];
  const customers = {
    deliver: (about: Delivered) => {
      delivered.push(about);
      return deliver(about);
    },
  };
  const channel = { customers, appSecret, verifyToken: 'verify-token' };
  const guarded = createGuarded({ log: createLog('api', 'silent') });
  return { delivered, routes: createMessengerRoutes(channel, guarded) };
}

function post(routes: ReturnType<typeof app>['routes'], body: string, signedAs = body) {
  const signature = createHmac('sha256', appSecret).update(signedAs).digest('hex');
  const headers = { 'x-hub-signature-256': `sha256=${signature}` };
  return routes.request('/', { method: 'POST', body, headers });
}

const event = (what: object, psid = 'ana') => ({
  sender: { id: psid },
  recipient: { id: 'page' },
  timestamp: 1_458_692_752_478,
  ...what,
});
const delivery = (...messaging: object[]) =>
  JSON.stringify({ object: 'page', entry: [{ id: 'page', time: 1, messaging }] });
const request = { request_thread_control: { requested_owner_app_id: 123 } };

describe('the webhook’s verification', () => {
  it('answers with the challenge only if the verify token is right', async () => {
    const { routes } = app();
    const query = 'hub.mode=subscribe&hub.challenge=42&hub.verify_token=';
    const known = await routes.request(`/?${query}verify-token`);
    expect([known.status, await known.text()]).toEqual([200, '42']);
    expect((await routes.request(`/?${query}guessed`)).status).toBe(403);
  });
});

describe('a delivery', () => {
  it('becomes facts of its customers, each customer’s together', async () => {
    const { delivered, routes } = app();
    const passed = { pass_thread_control: { new_owner_app_id: '9', metadata: 'x' } };
    const body = delivery(event(request), event(passed), event(passed, 'ben'));
    expect((await post(routes, body)).status).toBe(200);
    expect(delivered).toMatchObject([
      {
        pageId: 'page',
        customerId: 'ana',
        events: [
          { type: 'messenger.requested', appId: '123', issuedAt: 1_458_692_752_478 },
          { type: 'messenger.passed', appId: '9' },
        ],
      },
      { customerId: 'ben', events: [{ type: 'messenger.passed' }] },
    ]);
  });

  it('is the same fact when it comes twice', async () => {
    const { delivered, routes } = app();
    await post(routes, delivery(event(request)));
    await post(routes, delivery(event(request)));
    expect(delivered[0]?.events).toEqual(delivered[1]?.events);
  });

  it('of messages or unknown events is acknowledged and ignored', async () => {
    const { delivered, routes } = app();
    const message = event({ message: { mid: 'm', text: 'hello' } });
    expect((await post(routes, delivery(message, { odd: true }))).status).toBe(200);
    expect(delivered).toEqual([]);
  });

  it.each([
    ['another body than was signed', delivery(event(request)), 'x', 401],
    ['no JSON', 'no JSON', undefined, 400],
    ['no delivery', '{"object":"page"}', undefined, 422],
    ['too large', `"${'x'.repeat(1_100_000)}"`, undefined, 413],
  ])('is refused: %s', async (_, body, signedAs, status) => {
    const { delivered, routes } = app();
    expect((await post(routes, body, signedAs)).status).toBe(status);
    expect(delivered).toEqual([]);
  });

  it('without a signature is refused before it is parsed', async () => {
    const response = await app().routes.request('/', { method: 'POST', body: '{' });
    expect(response.status).toBe(401);
  });

  it('that Temporal does not take is to be sent again', async () => {
    const { routes } = app(() => Promise.reject(new Error('away')));
    expect((await post(routes, delivery(event(request)))).status).toBe(503);
  });
});
