/** Pushes to a simulated channel of one's own: our client, the platform's refusals in its own texts. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  createSdkClient,
  realtimeUrl,
  SdkError,
  readSdkError,
} from '../../engage/source-sdk/client.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { startNobody } from '../harness/nobody.js';
import { hmac } from '../harness/source-sdk-bot.js';

const secret = 'not-a-real-channel-token';
const id = '61b07000000000000000c0dd';
let simulator: Simulator;
let endpoint: HttpTarget;
/** What the endpoint says it is. */
let info: { objects: Record<string, string[]>; options: string[] } = {
  objects: { messages: ['create'] },
  options: ['view.messaging'],
};

beforeAll(async () => {
  endpoint = await startHttpTarget();
  endpoint.answer = (_, response) => {
    const text = JSON.stringify(info);
    response.writeHead(200, { 'x-smccsdk-signature': hmac(secret, text) });
    response.end(text);
  };
  const options = { port: 0, accessToken: 'token-of-the-bot', isClockStanding: true };
  simulator = await startSimulator(options);
  await save();
});
afterAll(async () => {
  await simulator.stop();
  await endpoint.close();
});

function save(): Promise<Response> {
  return fetch(`${simulator.url}/sdk`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ id, name: 'sdk', url: endpoint.url, secret }),
  });
}

async function push(body: string, signature = hmac(secret, body), source = id) {
  const answer = await fetch(`${simulator.url}/realtime/sdk/${source}`, {
    method: 'POST',
    headers: { 'x-smccsdk-signature': signature },
    body,
  });
  return `${answer.status} ${await answer.text()}`;
}

const author = { id: 'ana', screenname: 'Ana' };
const message = { id: 'm-1', thread_id: 't-1', author, body: 'Hello' };
const pushed = (action: string, params: unknown) => JSON.stringify({ action, params });
const structured = (content: object) =>
  pushed('messages.create', { ...message, structured_content: content });

describe('a channel that is saved', () => {
  const usual = info;
  afterEach(() => {
    info = usual;
  });

  it.each([
    ['two kinds of messages in the messaging view', { messages: [], private_messages: [] }, []],
    ['no kind of message', { threads: ['create', 'show', 'list'] }, []],
    ['html in the messaging view', { messages: [] }, ['messages.html']],
  ])('is refused with %s', async (_, objects, options) => {
    info = { objects, options: ['view.messaging', ...options] };
    expect((await save()).status).toBe(422);
  });

  it('is refused with typing, and without the messaging view', async () => {
    info = { objects: { messages: [] }, options: ['messaging.typing_indicator'] };
    expect((await save()).status).toBe(422);
  });

  it('may have both kinds without the messaging view', async () => {
    info = { objects: { messages: ['create'], private_messages: ['create'] }, options: [] };
    expect((await save()).status).toBe(200);
    info = usual;
    expect((await save()).status).toBe(200);
  });
});

describe('the platform’s refusals', () => {
  it.each([
    ['413 Invalid request size (max: 20971520 bytes)', 'x'.repeat(20_971_521)],
    ['400 Bad request', '{'],
    ['400 Invalid request format', '{"action":"messages.create"}'],
    ['400 Invalid request format', '{"params":{}}'],
    ['422 Invalid action', pushed('cheese.create', {})],
    ['422 Invalid action', pushed('private_messages.create', message)],
    ['422 Invalid resource format', pushed('messages.create', 'text')],
    ['422 Type is required for structured contents', structured({})],
    [
      '422 Source doesn\u0027t support this type of structured content',
      structured({ type: 'list', items: [] }),
    ],
    [
      '422 structured_content: "items" must not be empty',
      structured({ type: 'select', items: [] }),
    ],
    ['422 The author must be puppetizable', structured({ type: 'select', items: [{}] })],
  ])('%s', async (wanted, body) => {
    expect(await push(body)).toBe(wanted);
  });

  it('of the signature and the source', async () => {
    expect(await push('{}', 'wrong')).toBe('422 Invalid signature');
    expect(await push('{}', hmac(secret, '{}'), 'elsewhere')).toBe('422 Source not found');
  });

  it('of typing: once in two seconds, reset by stopping', async () => {
    const start = pushed('typing.start', { thread_id: 't-1' });
    const tooMany = '429 too many typing requests, please try again in a few seconds';
    expect([await push(start), await push(start)]).toEqual(['200 ok', tooMany]);
    await push(pushed('typing.stop', { thread_id: 't-1' }));
    expect(await push(start)).toBe('200 ok');
  });
});

describe('what is pushed', () => {
  const contents = async () => {
    const record = await fetch(`${simulator.url}/record`);
    return ((await record.json()) as { contents: { body: string }[] }).contents;
  };

  it('is imported once by its id; without a required field silently never', async () => {
    const body = pushed('messages.create', message);
    expect([await push(body), await push(body)]).toEqual(['200 ok', '200 ok']);
    const incomplete = pushed('messages.create', { ...message, id: 'm-2', thread_id: null });
    expect(await push(incomplete)).toBe('200 ok');
    expect((await contents()).map((content) => content.body)).toEqual(['Hello']);
  });
});

describe('our client', () => {
  const client = (url: string, key = secret) =>
    createSdkClient({ url, secret: key, timeout: 60_000 });

  it.each([
    ['SourceNotFound', 'elsewhere', secret, false],
    ['InvalidSignature', id, 'another-channel-token', false],
  ])('%s', async (code, source, key, isTransient) => {
    const refusal = client(simulator.url, key).push(source, { action: 'x.y', params: {} });
    await expect(refusal).rejects.toMatchObject({ code, isTransient });
  });

  it.each([
    [503, 'PlatformFailed', true],
    [429, 'TooManyTypings', true],
    [400, 'BadRequest', false],
    [413, 'TooLarge', false],
    [200, 'NotAnswered', true],
  ])('%i is %s', async (status, code, isTransient) => {
    const target = await startHttpTarget();
    target.answer = json(status, { not: 'ok' });
    const refusal = client(target.url).push(id, { action: 'x.y', params: {} });
    await expect(refusal).rejects.toMatchObject({ code, isTransient });
    await expect(refusal).rejects.toBeInstanceOf(SdkError);
    await target.close();
  });

  it('counts a refused connection as not answered', async () => {
    const nobody = await startNobody();
    const refusal = client(nobody.url).push(id, { action: 'x.y', params: {} });
    await expect(refusal).rejects.toMatchObject({ code: 'NotAnswered', isTransient: true });
    await nobody.close();
  });

  it('takes unknown refusals for final, and pushes to the console’s host', () => {
    expect(readSdkError(422, 'The author must be puppetizable')).toBe('Refused');
    expect(readSdkError(403, 'no')).toBe('Refused');
    expect(realtimeUrl('https://acme.api.digital.ringcentral.com/1.0')).toBe(
      'https://acme.digital.ringcentral.com',
    );
  });
});

describe('saving a channel', () => {
  it('fails where the endpoint does not say, signed, what it is', async () => {
    endpoint.answer = json(200, {});
    expect((await save()).status).toBe(422);
  });
});
