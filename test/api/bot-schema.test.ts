/** `GET /schemas/bot.json`, as the author of a bot would use it. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { createBotSchema } from '../../api/bots/schema.js';
import { answerTo, scriptSchema } from '../../bots/adapters/scripted/index.js';
import { checkAnswer } from '../../bots/contract.js';
import { Hono } from 'hono';
import { script } from '../harness/test-config.js';
import { turnOf } from '../harness/turn.js';

const app = new Hono().get('/schemas/bot.json', createBotSchema());
const get = (headers: Record<string, string> = {}) => app.request('/schemas/bot.json', { headers });

let isTurn: ValidateFunction;
let isAnswer: ValidateFunction;
beforeAll(async () => {
  const document = (await (await get()).json()) as object;
  const ajv = new Ajv2020({ allErrors: true }).addSchema(document, 'bot.json');
  isTurn = ajv.getSchema('bot.json#/$defs/turn')!;
  isAnswer = ajv.getSchema('bot.json#/$defs/answer')!;
});

const said = { contentId: 'c', by: 'agent', body: 'Hello.', issuedAt: 1 } as const;
const called = { id: 'a', tool: 'track', input: { number: 1 } };
const whole = turnOf(['hello'], {
  record: [said],
  humansSaid: [said],
  memory: { seen: [1, null, { deep: true }] },
  profile: { plan: 'gold' },
  locale: 'pt-BR',
  channel: { kind: 'rc-web-chat', structured: ['buttons'] },
  called: [
    { ...called, result: { state: 'on its way' } },
    { ...called, id: 'b', failed: 'Timeout' },
  ],
  queue: { position: 1, waitMs: 1_000, isEstimate: true, at: 1 },
});

describe('the published schema', () => {
  it('is kept by who has it, and is the same until it changes', async () => {
    const first = await get();
    expect(first.headers.get('content-type')).toBe('application/schema+json');
    expect(first.headers.get('cache-control')).toBe('public, max-age=3600');
    const etag = first.headers.get('etag') ?? '';
    const again = await get({ 'if-none-match': etag });
    expect([again.status, await again.text()]).toEqual([304, '']);
    expect((await get({ 'if-none-match': '"another"' })).status).toBe(200);
  });

  it('holds for turns', () => {
    for (const turn of [turnOf(['hello']), whole]) {
      expect(isTurn(turn), JSON.stringify(isTurn.errors)).toBe(true);
    }
    expect(isTurn({ ...whole, version: 2 })).toBe(false);
  });

  it('holds for what bots answer', () => {
    const parsed = scriptSchema.parse(script);
    for (const words of ['hello', 'my parcel', 'thanks', 'a human please', 'qwertz']) {
      expect(isAnswer(answerTo(turnOf([words]), parsed))).toBe(true);
    }
  });

  it.each([
    [{}, true],
    [{ replies: [] }, true],
    [
      {
        replies: [{ body: 'hi', structured: { type: 'select', items: [{ title: 'Yes' }] } }],
        more: 1,
      },
      true,
    ],
    [{ replies: [], calls: [called], remember: { a: [1] } }, true],
    [{ replies: [], wait: { forMs: 1_000 } }, true],
    [{ replies: [{ text: 'hi' }] }, false],
    [{ replies: [{ body: 'x'.repeat(10_001) }] }, false],
    [{ replies: Array.from({ length: 11 }, () => ({ body: 'hi' })) }, false],
    [{ replies: [], handOver: { because: 'tired' } }, false],
    [{ replies: [], wait: { forMs: -1 } }, false],
    [[], false],
  ])('says of an answer what Baton says: %j', (answer, isGood) => {
    expect(isAnswer(answer), JSON.stringify(isAnswer.errors)).toBe(isGood);
    if (isGood) expect(checkAnswer(answer)).toBeTypeOf('object');
    else expect(() => checkAnswer(answer)).toThrow();
  });
});
