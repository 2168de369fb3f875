/** Facebook's thread control: what each call carries, and what is read from its webhook. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMessengerClient, type MessengerClient } from '../../engage/messenger/client.js';
import { parseHandovers } from '../../engage/messenger/webhook.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';

let target: HttpTarget;
let facebook: MessengerClient;
beforeAll(async () => {
  target = await startHttpTarget();
  const url = `${target.url}/v23.0/`;
  facebook = createMessengerClient({ url, token: 'page-token', timeout: 60_000 });
});
afterAll(() => target.close());
beforeEach(() => {
  target.asked.length = 0;
});

const ana = { pageId: 'page', customerId: 'ana' };
const recipient = { id: 'ana' };

describe('a call', () => {
  it.each<[string, (on: MessengerClient) => Promise<unknown>, object]>([
    ['pass', (on) => on.pass(ana, 'theirs'), { recipient, target_app_id: 'theirs' }],
    ['take', (on) => on.take(ana), { recipient }],
    ['request', (on) => on.request(ana), { recipient }],
    ['release', (on) => on.release(ana), { recipient }],
  ])('to %s control says whose', async (verb, run, body) => {
    target.answer = json(200, { success: true });
    await run(facebook);
    const [asked] = target.asked;
    expect(`${asked?.method} ${asked?.url}`).toBe(`POST /v23.0/page/${verb}_thread_control`);
    expect(JSON.parse(asked?.body ?? '')).toEqual(body);
    expect(asked?.headers).toMatchObject({
      ...{ authorization: 'Bearer page-token', 'content-type': 'application/json' },
    });
  });

  it('to send brings the message’s id', async () => {
    target.answer = json(200, { message_id: 'm' });
    expect(await facebook.send(ana, 'hi')).toEqual({ messageId: 'm' });
    expect(JSON.parse(target.asked[0]?.body ?? '')).toEqual({
      ...{ recipient, messaging_type: 'RESPONSE', message: { text: 'hi' } },
    });
  });

  it.each([
    [[{ thread_owner: { app_id: 7 } }], { appId: '7' }],
    [[{ thread_owner: { app_id: 'ours' } }, { thread_owner: { app_id: 'x' } }], { appId: 'ours' }],
    [[{ thread_owner: { app_id: null } }], {}],
    [[{}], {}],
    [[], {}],
  ])('for the owner understands %o', async (data, owner) => {
    target.answer = json(200, { data });
    expect(await facebook.owner(ana)).toStrictEqual(owner);
    const [asked] = target.asked;
    expect(`${asked?.method} ${asked?.url}`).toBe('GET /v23.0/page/thread_owner?recipient=ana');
  });
});

describe('the webhook', () => {
  const base = { sender: { id: 'ana' }, timestamp: 7 };
  const delivered = (...messaging: readonly unknown[]) =>
    parseHandovers({ object: 'page', entry: [{ id: 'page', messaging }] });
  const facts = { ...ana, at: 7 };

  it.each([
    [{ request_thread_control: { requested_owner_app_id: 1 } }, { type: 'requested', appId: '1' }],
    [{ pass_thread_control: { new_owner_app_id: 'x' } }, { type: 'passed', appId: 'x' }],
    [{ pass_thread_control: {} }, { type: 'passed', appId: undefined }],
    [{ take_thread_control: { new_owner_app_id: null } }, { type: 'taken', appId: undefined }],
  ])('reads %o', (event, read) => {
    expect(delivered({ ...base, ...event })).toStrictEqual([{ ...facts, ...read }]);
  });

  it('tells nothing of messages, of what is not understood, and of other objects', () => {
    expect(delivered({ ...base, message: { text: 'hi' } }, { no: 'sender' }, 7)).toEqual([]);
    expect(parseHandovers({ object: 'user', entry: [] })).toEqual([]);
    expect(parseHandovers({ object: 'page', entry: [{ id: 'page' }] })).toEqual([]);
    expect(parseHandovers({ entry: [] })).toBeUndefined();
  });
});
