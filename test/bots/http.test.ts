/** A company's own bot behind HTTP, as its server sees Baton. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { turnSchema } from '../../bots/contract.js';
import { botSchema } from '../../settings/bots.js';
import { asking, failureOf, madeBot } from '../harness/bots/made-bot.js';
import { json, startHttpTarget, type HttpTarget } from '../harness/http-target.js';
import { turnOf } from '../harness/turn.js';

const secret = 'the secret both know';
let target: HttpTarget;
beforeEach(async () => {
  target = await startHttpTarget();
  target.answer = json(200, { replies: [{ body: 'Tomorrow.' }] });
});
afterEach(() => target.close());

const bot = (more: object = {}) =>
  madeBot(
    { http: { url: `${target.url}/bot?key=k`, secretFrom: 'S', allowPrivate: true, ...more } },
    { S: secret },
  );
const turn = turnOf(['where is my parcel?', 'hello?'], { id: 'turn-7' });

describe('a bot behind HTTP', () => {
  it('is asked the turn and answers at once', async () => {
    expect(await bot().answer(turn, asking())).toEqual({ replies: [{ body: 'Tomorrow.' }] });
    const [asked] = target.asked;
    expect(asked).toMatchObject({ method: 'POST', url: '/bot?key=k' });
    expect(asked?.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(turnSchema.parse(JSON.parse(asked?.body ?? ''))).toEqual(turn);
  });

  it('sees whose turn it is, and that Baton asks', async () => {
    const before = Math.floor(Date.now() / 1_000);
    await bot().answer(turn, asking({ callbackUrl: 'https://baton.example/bots/answers/t' }));
    const { headers, body } = target.asked[0]!;
    expect(headers).toMatchObject({
      'idempotency-key': 'turn-7',
      'x-baton-conversation': 'conversation-1',
      'x-baton-callback': 'https://baton.example/bots/answers/t',
    });
    const time = String(headers['x-baton-timestamp']);
    expect(Number(time)).toBeGreaterThanOrEqual(before);
    expect(Number(time)).toBeLessThanOrEqual(Date.now() / 1_000);
    const digest = createHmac('sha256', secret).update(`${time}.${body}`).digest('hex');
    expect(headers['x-baton-signature']).toBe(`v1=${digest}`);
  });

  it('may answer later where there is an address for it', async () => {
    target.answer = (_, response) => response.writeHead(202).end();
    const callbackUrl = 'https://baton.example/bots/answers/t';
    expect(await bot().answer(turn, asking({ callbackUrl }))).toBe('later');
    expect(await failureOf(bot().answer(turn, asking()))).toMatchObject({
      name: 'NoCallback',
      isFinal: true,
    });
    expect(target.asked[1]?.headers).not.toHaveProperty('x-baton-callback');
  });

  it.each([
    [400, true],
    [401, true],
    [404, true],
    [408, false],
    [422, true],
    [429, false],
    [500, false],
    [503, false],
  ])('that answers %d is no answer; final: %s', async (status, isFinal) => {
    target.answer = json(status, { secret: 'swordfish' });
    const failure = await failureOf(bot().answer(turn, asking()));
    expect(failure).toMatchObject({ name: `Http${status}`, isFinal });
    expect(failure?.message).toBe(`127.0.0.1 answered ${status}`);
  });

  it('may say when to ask again', async () => {
    target.answer = json(429, {}, { 'retry-after': '7' });
    expect(await failureOf(bot().answer(turn, asking()))).toMatchObject({ retryAfter: 7_000 });
  });

  it.each([
    ['<html>', 'the answer: is not JSON'],
    ['', 'the answer: is not JSON'],
    ['[]', 'the answer: Invalid input: expected object, received array'],
    ['{"replies":[{"text":"swordfish"}]}', 'replies.0.body: Invalid input: expected string'],
  ])('that answers %s is named by the field', async (body, message) => {
    target.answer = (_, response) => response.end(body);
    const failure = await failureOf(bot().answer(turn, asking()));
    expect(failure).toMatchObject({ name: 'InvalidAnswer', isFinal: true });
    expect(failure?.message).toContain(message);
    expect(failure?.message).not.toContain('swordfish');
  });

  it('that answers with more than was agreed is cut off', async () => {
    target.answer = (_, response) => response.end(' '.repeat(10_000_000));
    const failure = await failureOf(bot().answer(turn, asking()));
    expect(failure).toMatchObject({ name: 'BodyTooLarge', isFinal: true });
  });

  it('is aborted when the answer is no longer needed', async () => {
    const takeover = new AbortController();
    const closed = new Promise<void>((resolve) => {
      target.answer = (_, response) => {
        response.on('close', resolve);
        takeover.abort(new Error('a human took over'));
      };
    });
    const failure = await failureOf(bot().answer(turn, asking({ signal: takeover.signal })));
    expect(failure?.message).toBe('a human took over');
    await closed;
  });
});

describe('settings of a bot behind HTTP', () => {
  const problem = (settings: object) => {
    const { error } = botSchema.safeParse({ http: settings });
    return error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join();
  };
  const url = 'https://bot.example/answer';

  it('are the address and the name of a secret', () => {
    expect(problem({ url, secretFrom: 'BOT_SECRET' })).toBeUndefined();
    expect(problem({ url })).toMatch(/^http\.secretFrom: /);
    expect(problem({ url, secretFrom: 'swordfish' })).toBe(
      'http.secretFrom: expected the name of an environment variable',
    );
  });

  it('keep customers’ words from travelling in clear', () => {
    const clear = { url: 'http://bot.example/answer', secretFrom: 'S' };
    expect(problem(clear)).toMatch(/^http\.url: expected https/);
    expect(problem({ ...clear, allowPrivate: true })).toBeUndefined();
  });

  it('hold no password, and name no file', () => {
    const password = problem({ url: 'https://u:swordfish@bot.example/', secretFrom: 'S' });
    expect(password).toBe('http.url: expected no user or password in it');
    expect(problem({ url: 'file:///etc/passwd', secretFrom: 'S' })).toMatch(/^http\.url: /);
  });

  it('reach nothing inside unless they say so', async () => {
    const inside = madeBot(
      { http: { url: target.url.replace('http:', 'https:'), secretFrom: 'S' } },
      { S: secret },
    );
    expect(await failureOf(inside.answer(turn, asking()))).toMatchObject({
      name: 'AddressRefused',
      isFinal: true,
    });
  });

  it('need the secret: a worker without it does not start', () => {
    expect(() => madeBot({ http: { url, secretFrom: 'BOT_SECRET' } })).toThrow(
      'not set: BOT_SECRET (for the bot tester)',
    );
  });
});
