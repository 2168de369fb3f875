/** A bot behind HTTP that answers later, whole: from the customer's words to what they read. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAnswerTokens } from '../../bots/answer-token.js';
import { parseConfig } from '../../settings/load-config.js';
import { threadWorkflowId } from '../../workflows/contract/index.js';
import { openAllRoutes } from '../harness/all-routes.js';
import { Conversation } from '../harness/conversation.js';
import { json, startHttpTarget, type Asked, type HttpTarget } from '../harness/http-target.js';
import { freePort } from '../../local/free-ports.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startIngress, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const tokens = createAnswerTokens(secrets.BATON_ANSWER_SECRET);
const question = { workflowId: threadWorkflowId('domain', 'no-such-thread'), to: 'turn' };
const tomorrow = { replies: [{ body: 'Tomorrow.' }] };

let target: HttpTarget;
let world: World;
beforeAll(async () => {
  process.env['TEST_BOT_SECRET'] = 'the secret both know';
  target = await startHttpTarget();
  const http = { url: target.url, secretFrom: 'TEST_BOT_SECRET', allowPrivate: true };
  world = await startWorld({ config: testConfig({ bot: { http }, engageTimeout: '1m' }) });
});
afterAll(async () => {
  await world.stop();
  await target.close();
  delete process.env['TEST_BOT_SECRET'];
});
beforeEach(() => {
  target.asked.length = 0;
  target.answer = (_, response) => response.writeHead(202).end();
});

/** What the bot was asked next, once it has been asked so often. */
async function untilAsked(times = 1): Promise<Asked> {
  await eventually(() => target.asked.length).toBe(times);
  return target.asked.at(-1)!;
}

const callbackOf = ({ headers }: Asked) => String(headers['x-baton-callback']);
const send = (url: string, body: unknown, type = 'application/json') =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
const addressOf = (token: string) => new URL(`/bots/answers/${token}`, world.webhookUrl).href;

describe('an answer that comes later', () => {
  it('is read by the customer, once, though it is sent twice', async () => {
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    const callback = callbackOf(await untilAsked());
    await ana.until(async () => (await ana.card()).doing === undefined);
    expect((await send(callback, tomorrow)).status).toBe(202);
    expect((await send(callback, tomorrow)).status).toBe(202);
    expect(await ana.untilBotSaid(1)).toEqual(['Tomorrow.']);
    expect((await send(callback, tomorrow)).status).toBe(202);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual(['Tomorrow.']);
    const dropped = (await ana.card()).decisions.filter(({ code }) => code === 'answerDropped');
    expect(dropped).toHaveLength(2);
  });

  it('is dropped after an agent has taken over', async () => {
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    const callback = callbackOf(await untilAsked());
    await ana.agent('reply', { body: 'Good morning.' });
    await ana.untilPhase('agent');
    expect((await send(callback, tomorrow)).status).toBe(202);
    await ana.untilQuiet();
    expect(await ana.botSaid()).toEqual([]);
  });

  it('may be put right: what is wrong with it is named, and nothing is said', async () => {
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    const callback = callbackOf(await untilAsked());
    const refusal = async (body: unknown, type?: string) => {
      const answer = await send(callback, body, type);
      return [answer.status, ((await answer.json()) as { message: string }).message];
    };
    const wrong = { replies: [{ text: 'Tomorrow.' }] };
    expect(await refusal(wrong)).toEqual([422, expect.stringMatching(/^replies\.0\.body: /)]);
    expect(await refusal('{')).toEqual([400, 'the body is not JSON']);
    expect(await refusal('{}', 'text/plain')).toEqual([415, 'expected application/json']);
    expect((await refusal(' '.repeat(1024 * 1024 + 1)))[0]).toBe(413);
    expect((await send(callback, tomorrow)).status).toBe(202);
    expect(await ana.untilBotSaid(1)).toEqual(['Tomorrow.']);
  });
});

describe('what a bot is asked', () => {
  it('is what the published schema says', async () => {
    const schema = await fetch(new URL('/schemas/bot.json', world.webhookUrl));
    const ajv = new Ajv2020().addSchema((await schema.json()) as object, 'bot.json');
    const isTurn = ajv.getSchema('bot.json#/$defs/turn')!;
    target.answer = json(200, tomorrow);
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.says('where is my parcel?');
    await ana.untilBotSaid(2);
    for (const { body } of target.asked) {
      expect(isTurn(JSON.parse(body)), JSON.stringify(isTurn.errors)).toBe(true);
    }
    const record = JSON.parse(target.asked.at(-1)!.body) as { record: unknown[] };
    expect(record.record.length).toBeGreaterThanOrEqual(2);
  });
});

describe('an address of a late answer', () => {
  const encrypted = tokens.encrypt(question);
  it.each([
    ['nobody’s', 'token'],
    ['signed with another secret', createAnswerTokens('another secret').encrypt(question)],
    ['without its signature', `${encrypted.split('.')[0]}.`],
    ['with another signature’s length', `${encrypted}AAAA`],
    [
      'for another question',
      `${tokens.encrypt({ ...question, to: 'x' }).split('.')[0]}.${encrypted.split('.')[1]}`,
    ],
    ['with something behind it', `${encrypted}.x`],
    ['very long', 'x'.repeat(5_000)],
  ])('that is %s is rejected as unknown, with any body', async (_, token) => {
    expect((await send(addressOf(token), '{', 'text/plain')).status).toBe(404);
    expect(tokens.open(encrypted)).toEqual(question);
  });

  it('of a conversation that has ended is rejected as unknown', async () => {
    const answer = await send(addressOf(encrypted), tomorrow);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ message: 'the conversation is over' });
  });

  it('takes an answer again when Temporal was away', async () => {
    const away = await startIngress(`127.0.0.1:${await freePort()}`, parseConfig(testConfig()));
    const answer = await send(
      new URL(`/bots/answers/${encrypted}`, away.webhookUrl).href,
      tomorrow,
    );
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '5']);
    await away.close();
  });
});

describe('a bot behind HTTP that fails', () => {
  it('for good is asked once', async () => {
    target.answer = json(404, {});
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    await ana.untilBotSaid(1);
    await ana.untilQuiet();
    expect(target.asked).toHaveLength(1);
    const { decisions } = await ana.card();
    expect(decisions).toContainEqual(
      expect.objectContaining({ code: 'botFailed', failure: 'Http404' }),
    );
  });

  it('for now is asked the same again, with the same key', async () => {
    target.answer = (asked, response) => {
      const answer = target.asked.length > 1 ? json(200, tomorrow) : json(500, {});
      answer(asked, response);
    };
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    expect(await ana.untilBotSaid(1)).toEqual(['Tomorrow.']);
    const [first, second] = [target.asked[0]!, target.asked.at(-1)!];
    expect(second.body).toBe(first.body);
    expect(second.headers['idempotency-key']).toBe(first.headers['idempotency-key']);
    expect(second.headers['x-baton-callback']).toBe(first.headers['x-baton-callback']);
    expect(second.headers['x-baton-conversation']).toMatch(/^[0-9a-f]{64}$/);
    expect(second.headers['x-baton-conversation']).not.toContain(ana.thread);
  });
});

describe('the time of an address', () => {
  const until = Date.UTC(2026, 0, 15);
  const secret = 'secret-of-the-addresses';
  const give = () => Promise.resolve('accepted' as const);
  const answersAt = (now: number, more: { secret: string; previous?: string } = { secret }) =>
    openAllRoutes({ answers: { ...more, lateAnswers: { give }, now: () => now } });
  const ask = async (app: ReturnType<typeof openAllRoutes>, token: string) => {
    const body = JSON.stringify(tomorrow);
    const headers = { 'content-type': 'application/json' };
    return (await app.request(`/bots/answers/${token}`, { method: 'POST', headers, body })).status;
  };
  const token = createAnswerTokens(secret).encrypt({ ...question, until });

  it('is the turn’s, and a minute because clocks differ', async () => {
    expect(await ask(answersAt(until), token)).toBe(202);
    expect(await ask(answersAt(until + 60_000), token)).toBe(202);
    expect(await ask(answersAt(until + 60_001), token)).toBe(404);
  });

  it('is in what a bot is given', async () => {
    target.answer = json(200, tomorrow);
    const ana = new Conversation(world);
    await ana.says('where is my parcel?');
    await ana.untilBotSaid(1);
    const asked = target.asked.at(-1)!;
    const [given = ''] = /[^/]+$/.exec(callbackOf(asked)) ?? [];
    const { deadline } = JSON.parse(asked.body) as { deadline: number };
    expect(tokens.open(given)?.until).toBe(deadline);
  });

  it('outlives a change of its secret', async () => {
    const changed = { secret: 'another-secret-of-them', previous: secret };
    expect(await ask(answersAt(until, changed), token)).toBe(202);
    expect(await ask(answersAt(until, { secret: changed.secret }), token)).toBe(404);
    const fresh = createAnswerTokens(changed.secret, secret).encrypt(question);
    expect(await ask(answersAt(until), fresh)).toBe(404);
  });
});
