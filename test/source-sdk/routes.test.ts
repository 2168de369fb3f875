/**
 * The platform's endpoint by HTTP: called by clients with signing code of their own, one of them a
 * Python process; each check with its own answer, in order; repeats; anything at all.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.js';
import { routeLimits } from '../../api/limits/routes.js';
import { createLog } from '../../runtime/log.js';
import { listen, type Listening } from '../../runtime/listen.js';
import type { SourceSdkConversations } from '../../temporal/source-sdk-conversations.js';
import type { SourceSdkEvent, SourceSdkId } from '../../workflows/contract/index.js';
import { hmac } from '../harness/source-sdk-bot.js';
import { RecordedThreads } from '../harness/recorded-threads.js';
import { runCommand } from '../harness/run-command.js';

const secret = 'not-a-real-channel-token';
const previous = 'token-of-the-channel-before';
const botSecret = 'secret-of-the-source-sdk-bot';

/** Keeps the events it received. */
class RecordedConversations implements SourceSdkConversations {
  readonly received: { readonly id: SourceSdkId; readonly events: readonly SourceSdkEvent[] }[] =
    [];
  isAway = false;

  happened(id: SourceSdkId, events: readonly SourceSdkEvent[]): Promise<void> {
    if (this.isAway) return Promise.reject(new Error('away'));
    this.received.push({ id, events });
    return Promise.resolve();
  }
  showMessage = () => Promise.resolve({ id: 'shown' });
  describe = () => Promise.resolve(undefined);
  close = () => Promise.resolve();
}

let conversations = new RecordedConversations();
let server: Listening;
let url = '';

/** So many wrong signatures are nobody's but a property's. */
const patient = { ...routeLimits.sourceSdk, atOnce: 1_000, perMinute: 1_000 };

beforeAll(async () => {
  const through: SourceSdkConversations = {
    happened: (id, events) => conversations.happened(id, events),
    showMessage: () => conversations.showMessage(),
    describe: () => conversations.describe(),
  };
  const app = createApp({
    threads: new RecordedThreads(),
    webhookSecrets: ['webhook-secret'],
    verifyToken: 'verify-token',
    isOurs: () => true,
    sourceSdk: {
      secrets: { sdk: secret, sdkPrevious: previous, bot: botSecret },
      sources: new Map([['shop', { botIdentityId: 'baton-bot' }]]),
      conversations: through,
    },
    limits: { ...routeLimits, sourceSdk: patient },
    log: createLog('api', 'silent'),
  });
  server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
  url = `http://127.0.0.1:${server.port}/channels/source-sdk`;
});
afterAll(() => server.close());
beforeEach(() => {
  conversations = new RecordedConversations();
});

type Answer = { readonly status: number; readonly body: unknown; readonly isSigned: boolean };

async function post(
  body: string | Uint8Array,
  signature?: string,
  to = url,
  answeredWith = to.endsWith('conversations') ? botSecret : secret,
): Promise<Answer> {
  const headers = signature === undefined ? {} : { 'x-smccsdk-signature': signature };
  const answer = await fetch(to, { method: 'POST', headers, body: Buffer.from(body) });
  const text = await answer.text();
  const isSigned = answer.headers.get('x-smccsdk-signature') === hmac(answeredWith, text);
  return { status: answer.status, body: JSON.parse(text), isSigned };
}

const ask = (action: string, params?: object) => {
  const body = JSON.stringify({ action, params, time: '2026-01-15T09:30:00Z' });
  return post(body, hmac(secret, body));
};
const error = (message: RegExp, fatal = true): unknown => ({
  error: { fatal, message: expect.stringMatching(message) as string },
});
const said = { content_id: 'k-1', thread_id: 'shop:c-1', author_id: 'ag', body: 'Hello' };

describe('the signature', () => {
  it.each([
    [
      '{"action":"implementation.info","time":"2026-01-15T09:30:00Z"}',
      '03c85338f0681bac289e0f4211477b9278017ab705a9e31a2f142ec03604bad94f36fbcb5e739201b95a002817c113208ff4aaf0f1d221ce739ba1217b5d0a80',
    ],
    [
      '{"action":"messages.create","params":{"id":"m-1","body":"héllo"}}',
      '88d11b4acbc9d1d00fc6a7e497d44119e10e6bba79508e5a2f1d1e505294a7c69b7d4be0d402c2da0232a1661ffe1ec2417512791d9b2a024c400ef9cd458d56',
    ],
  ])('of the published vectors is right: %s', async (body, signature) => {
    expect(hmac(secret, body)).toBe(signature);
    expect(await post(body, signature)).toMatchObject({ status: 200, isSigned: true });
    expect((await post(body.replace('{', '{ '), signature)).status).toBe(401);
  });

  it('may be in the address, where a proxy has stripped the header', async () => {
    const body = '{"action":"messages.list"}';
    const signature = hmac(secret, body);
    expect((await post(body, undefined, `${url}?signature=${signature}`)).body).toEqual([]);
    expect((await post(body, 'wrong', `${url}?signature=${signature}`)).status).toBe(401);
  });

  it.each([
    ['none', undefined],
    ['empty', ''],
    ['another secret’s', hmac('another', '{}')],
    ['too short', hmac(secret, '{}').slice(1)],
    ['in capitals', hmac(secret, '{}').toUpperCase()],
    ['of the other endpoint', hmac(botSecret, '{}')],
  ])('%s: 401', async (_, signature) => {
    expect(await post('{}', signature)).toMatchObject({ status: 401, body: error(/signature/) });
  });

  it('may be the secret’s before, while it is being changed: answered with the same', async () => {
    const body = '{"action":"messages.list"}';
    const answer = await post(body, hmac(previous, body), url, previous);
    expect(answer).toEqual({ status: 200, body: [], isSigned: true });
    const conversations = `${url}/conversations`;
    expect((await post(body, hmac(previous, body), conversations)).status).toBe(401);
  });

  it('is made, and the answer’s checked, by a Python process as well', async () => {
    const script = `
import hashlib, hmac, sys, urllib.request
key, body = b"${secret}", b'{ "action": "implementation.info",\\n"params":{} }'
sign = lambda text: hmac.new(key, text, hashlib.sha512).hexdigest()
ask = urllib.request.Request("${url}", body, {"X-SMCCSDK-SIGNATURE": sign(body)})
with urllib.request.urlopen(ask) as answer:
    text = answer.read()
    assert answer.headers["X-SMCCSDK-SIGNATURE"] == sign(text)
    sys.stdout.write(text.decode())`;
    const { stdout } = await runCommand('python3', ['-c', script]);
    expect(JSON.parse(stdout)).toMatchObject({ objects: { messages: ['create', 'show', 'list'] } });
  });
});

describe('checks come in order: size, signature, JSON, envelope, action, parameters', () => {
  const tooLarge = `{"padding":"${'x'.repeat(1024 * 1024)}"`;
  it.each([
    [413, tooLarge, 'wrong'],
    [401, '{', 'wrong'],
    [400, '{', undefined],
    [400, '[]', undefined],
    [400, '{"action":7}', undefined],
    [400, '{"action":"messages.create","params":[]}', undefined],
    [200, '{"action":"messages.fly"}', undefined],
  ])('%i first', async (status, body, signature) => {
    const answer = await post(body, signature ?? hmac(secret, body));
    expect(answer).toMatchObject({ status, body: error(/./) });
    expect(answer.isSigned).toBe(status === 400 || status === 200);
    expect(conversations.received).toEqual([]);
  });
});

describe('what it says it is', () => {
  const info = async () =>
    (await ask('implementation.info')).body as {
      readonly objects: Readonly<Record<string, readonly string[]>>;
      readonly options: readonly string[];
    };

  it('has one kind of message, as the messaging view demands, and threads for their ids', async () => {
    const verbs = ['create', 'show', 'list'];
    expect((await info()).objects).toEqual({ messages: verbs, threads: verbs });
  });

  it('has options of its own objects only, and of text', async () => {
    const { objects, options } = await info();
    const of = options.map((option) => option.split('.')[0]);
    expect(
      of.filter((one) => one !== 'view' && one !== 'messaging' && !objects[one ?? '']),
    ).toEqual([]);
    expect(options).toEqual(expect.arrayContaining(['view.messaging', 'messages.text']));
    expect(options.filter((option) => option.endsWith('.html'))).toEqual([]);
  });

  it('answers every action it declares', async () => {
    const { objects } = await info();
    const declared = Object.entries(objects).flatMap(([one, verbs]) =>
      verbs.map((verb) => `${one}.${verb}`),
    );
    for (const action of declared) {
      expect((await ask(action, { ...said, id: 'x' })).body).not.toEqual(error(/unknown action/));
    }
  });
});

describe('actions', () => {
  it.each(['messages.fly', 'cheese.create', 'constructor', '__proto__', ''])(
    'unknown, %s: an error of the SDK’s form',
    async (action) => {
      expect((await ask(action)).body).toEqual(error(/unknown action/));
    },
  );

  it.each(['messages', 'private_messages', 'threads'])('%s: list, show, create', async (object) => {
    expect((await ask(`${object}.list`, { since_id: 'x' })).body).toEqual([]);
    expect((await ask(`${object}.show`, { id: 'nobody’s' })).body).toEqual({});
    const first = await ask(`${object}.create`, said);
    expect(first.body).toEqual({ id: 'baton-k-1' });
    expect(await ask(`${object}.create`, { ...said, retry: true })).toEqual(first);
  });

  it('shows a message of ours', async () => {
    expect((await ask('messages.show', { id: 'shop:c-1:c:m-1' })).body).toEqual({ id: 'shown' });
  });

  it('finds the conversation of a private message by what it replies to', async () => {
    const { thread_id: _thread, ...rest } = said;
    expect(_thread).toBe('shop:c-1');
    await ask('private_messages.create', { ...rest, in_reply_to_id: 'shop:c-9:c:m-1' });
    expect(conversations.received[0]?.id).toMatchObject({ source: 'shop', conversation: 'c-9' });
  });

  it('distinguishes agents from Baton’s own replies by the identity', async () => {
    await ask('messages.create', said);
    await ask('messages.create', { ...said, author_id: 'baton-bot' });
    const from = conversations.received.map(({ events: [event] }) => event);
    expect(from).toMatchObject([{ from: 'agent' }, { from: 'baton' }]);
  });

  it('counts the queue in milliseconds inside', async () => {
    const moved = { thread_id: 'shop:c-1', position: 2, estimated_wait_time: 1.5 };
    expect((await ask('messaging.queuing_update', moved)).body).toEqual({});
    const event = { type: 'queueMoved', position: 2, estimatedWait: 1_500 };
    expect(conversations.received[0]?.events).toEqual([event]);
  });

  it.each([
    ['no content_id', { ...said, content_id: null }, /content_id/],
    ['a thread of nobody’s', { ...said, thread_id: 'elsewhere:c-1' }, /no such conversation/],
    ['a thread with another form', { ...said, thread_id: 'x' }, /no such conversation/],
    ['a body of another type', { ...said, body: 7 }, /params.body/],
  ])('refuses for good: %s', async (_, params, message) => {
    expect((await ask('messages.create', params)).body).toEqual(error(message));
    expect(conversations.received).toEqual([]);
  });

  it('asks for another try while Temporal is away', async () => {
    conversations.isAway = true;
    expect((await ask('messages.create', said)).body).toEqual(error(/again/, false));
  });
});

describe('the endpoint for the Source SDK bot', () => {
  const call = (action: string, params: object) => {
    const body = JSON.stringify({ action, params });
    return post(body, hmac(botSecret, body), `${url}/conversations`);
  };
  const message = { id: 'm-1', by: 'customer', body: 'hi' };
  const of = { source: 'shop', conversation: 'c-1' };

  it('takes what was said, and answers a repeat alike', async () => {
    const first = await call('messages.create', { ...of, message });
    expect(first).toMatchObject({ status: 200, isSigned: true, body: { id: 'shop:c-1:c:m-1' } });
    expect(await call('messages.create', { ...of, message })).toEqual(first);
  });

  it.each([
    [404, 'another source', { ...of, source: 'cellar', message }, /source/],
    [
      422,
      'an id that may be a person’s',
      { ...of, conversation: '+49 30 1', message },
      /conversat/,
    ],
    [422, 'an empty message', { ...of, message: { ...message, body: '' } }, /message.body/],
    [422, 'a field that is none', { ...of, message, mesage: 1 }, /mesage/],
  ])('%i: %s', async (status, _, params, problem) => {
    const answer = await call('messages.create', params);
    expect(answer).toMatchObject({ status, body: error(problem), isSigned: true });
  });

  it('is not opened by the platform’s secret', async () => {
    const answer = await post('{}', hmac(secret, '{}'), `${url}/conversations`);
    expect(answer.status).toBe(401);
  });
});

describe('anything at all', () => {
  const known = ['messages.create', 'threads.create', 'messages.show', 'typing.start'];
  const actions = fc.oneof(fc.constantFrom(...known, 'messaging.queuing_update'), fc.string());
  const params = fc.oneof(
    fc.jsonValue(),
    fc.record(
      {
        content_id: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
        thread_id: fc.oneof(fc.constant('shop:c-1'), fc.string(), fc.constant(null)),
        body: fc.oneof(fc.string({ unit: 'binary' }), fc.constant(null), fc.integer()),
        estimated_wait_time: fc.oneof(fc.double(), fc.string()),
        attachments: fc.oneof(fc.array(fc.jsonValue()), fc.constant(null)),
        structured_content: fc.jsonValue(),
      },
      { requiredKeys: [] },
    ),
  );

  it('signed is answered, signed, and never with 5xx; unsigned is 401', async () => {
    await fc.assert(
      fc.asyncProperty(actions, params, fc.boolean(), async (action, given, isBots) => {
        const body = JSON.stringify({ action, params: given });
        const to = isBots ? `${url}/conversations` : url;
        const answer = await post(body, hmac(isBots ? botSecret : secret, body), to);
        expect(answer.status).toBeLessThan(500);
        expect(answer.isSigned).toBe(true);
      }),
      { numRuns: 200 },
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 1 }), fc.boolean(), async (bytes, isRight) => {
        const answer = await post(bytes, isRight ? hmac(secret, Buffer.from(bytes)) : 'no');
        expect(answer.status === 401).toBe(!isRight);
        expect(answer.status).toBeLessThan(500);
      }),
      { numRuns: 100 },
    );
  });
});
