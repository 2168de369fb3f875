/** A language model as a bot, beside a server that speaks the protocol and is told what to say. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BotError } from '../../bots/bot-error.js';
import { checkAnswer, InvalidAnswer } from '../../bots/contract.js';
import type { Bot, BotAnswer, BotTurn } from '../../bots/bot.js';
import { botSchema } from '../../settings/bots.js';
import { asking } from '../harness/bots/made-bot.js';
import { ModelServer, type ModelStep } from '../harness/bots/openai-server.js';
import { ToolServer, toolSecret } from '../harness/bots/tool-server.js';
import { turnOf } from '../harness/turn.js';
import { eventually } from '../harness/eventually.js';

let model: ModelServer;
let shop: ToolServer;
beforeAll(async () => {
  model = await new ModelServer().start();
  shop = await new ToolServer().start();
});
afterAll(async () => {
  await model.stop();
  await shop.stop();
});
beforeEach(() => {
  model.will();
  shop.requests.length = 0;
  shop.answer = { status: 200, body: '{"ok":true}' };
});

const logged: unknown[] = [];

function bot(more: object = {}): Bot {
  const refund = {
    description: 'Refunds an order.',
    parameters: {
      type: 'object',
      properties: { order: { type: 'string', pattern: '^[0-9]+$' } },
      required: ['order'],
    },
    url: shop.url,
    secretFrom: 'TOOL_SECRET',
    allowPrivate: true,
  };
  const settings = {
    ...{ baseUrl: model.url, model: 'small', keyFrom: 'MODEL_KEY', allowPrivate: true },
    prompt: 'You help.',
    tools: { refund_order: refund },
    ...more,
  };
  const secrets: Record<string, string> = { MODEL_KEY: 'sk-test', TOOL_SECRET: toolSecret };
  return botSchema.parse({ openaiCompatible: settings }).create({
    name: 'tester',
    secret: (variable) => secrets[variable] ?? '',
    warn: (counts, event) => logged.push({ event, ...counts }),
  });
}

const { signal } = new AbortController();

async function answer(asked: Bot, turn: BotTurn = turnOf(['hello'])): Promise<BotAnswer> {
  return checkAnswer(await asked.answer(turn, asking()));
}

const said = ({ replies }: BotAnswer) => replies.map(({ body }) => body);
const refundCall: ModelStep = { calls: [['refund_order', '{"order":"7"}']] };

describe('the model', () => {
  it('is asked with key, model, parameters and a stream, and its words are the reply', async () => {
    model.will({ says: 'Hello, how can I help?' });
    const temperature = 0.2;
    expect(said(await answer(bot({ parameters: { temperature } })))).toEqual([
      'Hello, how can I help?',
    ]);
    const [request] = model.requests;
    expect(request).toMatchObject({
      path: '/v1/chat/completions',
      authorization: 'Bearer sk-test',
    });
    expect(request?.body).toMatchObject({ model: 'small', temperature, stream: true });
    const names = request?.body.tools?.map(({ function: { name } }) => name);
    expect(names).toEqual(['refund_order', 'hand_over', 'solved']);
  });

  it('hands over, with a farewell and for whom it is', async () => {
    const reason = 'wants to change an address';
    const written = JSON.stringify({ reason, customer_asked: true });
    model.will({ says: 'A colleague will help.', calls: [['hand_over', written]] });
    const { replies, handOver } = await answer(bot());
    expect(replies).toEqual([{ body: 'A colleague will help.' }]);
    expect(handOver).toEqual({ because: 'customerAsked', reason });
    model.will({ calls: [['hand_over', JSON.stringify({ reason })]] });
    expect((await answer(bot())).handOver).toEqual({ because: 'botGaveUp', reason });
  });

  it('says that a matter is solved', async () => {
    model.will({ says: 'Goodbye!', calls: [['solved', '']] });
    expect(await answer(bot())).toMatchObject({ replies: [{ body: 'Goodbye!' }], isSolved: true });
  });
});

describe('a tool', () => {
  it('is asked for, by an id that is the same whenever the same is asked', async () => {
    model.will(refundCall);
    const { replies, calls } = await answer(bot());
    expect(replies).toEqual([]);
    expect(calls).toEqual([{ id: 'call00000', tool: 'refund_order', input: { order: '7' } }]);
    expect(shop.requests).toEqual([]);
  });

  it('is called with key and signature, and its result returned to the model, refusals included', async () => {
    shop.answer = { status: 422, body: '{"error":"too late"}' };
    const call = { id: 'call00000', tool: 'refund_order', input: { order: '7' } };
    const result = await bot().call?.(call, { signal, idempotencyKey: 'turn/call00000' });
    expect(result).toEqual({ status: 422, body: { error: 'too late' } });
    expect(shop.requests).toEqual([
      { method: 'POST', key: 'turn/call00000', body: { order: '7' }, isSigned: true },
    ]);
    model.will({ says: 'I am sorry.' });
    await answer(bot(), turnOf(['hello'], { called: [{ ...call, result: result! }] }));
    expect(model.messages.at(-1)?.content).toContain('too late');
  });

  it('is tried again where its server has trouble', async () => {
    shop.answer = { status: 503, body: '' };
    const call = { id: 'call00000', tool: 'refund_order', input: { order: '7' } };
    const failure: unknown = await bot()
      .call?.(call, { signal, idempotencyKey: 'k' })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'Http503', isFinal: false });
  });

  it.each<[string, ModelStep]>([
    ['with wrong arguments', { calls: [['refund_order', '{"order":"seven"}']] }],
    ['with arguments that are not JSON', { calls: [['refund_order', '{"order":']] }],
    ['that there is not', { calls: [['constructor', '{}']] }],
    [
      'rightly beside one wrongly',
      {
        calls: [
          ['refund_order', '{"order":"7"}'],
          ['no', '{}'],
        ],
      },
    ],
  ])('called %s is reported to the model, and called after the correction', async (_, wrong) => {
    model.will(wrong, wrong, refundCall);
    expect((await answer(bot())).calls).toHaveLength(1);
    expect(model.requests).toHaveLength(3);
    const results = model.messages.filter(({ role }) => role === 'tool');
    expect(results.every(({ content }) => content?.startsWith('not called:'))).toBe(true);
    const written = model.messages.flatMap(({ tool_calls: calls = [] }) => calls);
    for (const one of written) JSON.parse(one.function.arguments);
  });

  it('called wrongly for ever is a human’s turn', async () => {
    model.will({ calls: [['refund_order', '{}']] });
    const { replies, handOver } = await answer(bot());
    expect([replies, handOver?.because]).toEqual([[], 'botGaveUp']);
    expect(model.requests).toHaveLength(3);
  });
});

describe('guardrails', () => {
  const promises = [{ words: ['refund', 'refunded'], after: ['refund_order'] }];

  it('have a promise taken back', async () => {
    model.will({ says: 'You get a refund.' }, { says: 'Shall I look into it?' });
    const answered = await answer(bot({ guardrails: { promises } }));
    expect(said(answered)).toEqual(['Shall I look into it?']);
    expect(model.messages.at(-1)?.content).toContain('before refund_order has succeeded');
    expect(logged.at(-1)).toEqual({ event: 'an answer was not sent', kind: 'promise' });
  });

  it('have it kept, where the model would rather', async () => {
    model.will({ says: 'You get a refund.' }, refundCall);
    expect((await answer(bot({ guardrails: { promises } }))).calls).toHaveLength(1);
  });

  it('hand over what is promised again', async () => {
    model.will({ says: 'You get a refund.' });
    const { replies, handOver } = await answer(bot({ guardrails: { promises } }));
    expect([replies, handOver?.because]).toEqual([[], 'botGaveUp']);
    expect(model.requests).toHaveLength(2);
  });

  it('refuse what is forbidden in the business’s own words, or hand over', async () => {
    const forbidden = ['lottery'];
    model.will({ says: 'Play the lottery!', calls: [['solved', '{}']] });
    const refusing = bot({ guardrails: { forbidden, refusal: 'Of that I cannot speak.' } });
    const refused = await answer(refusing);
    expect([said(refused), refused.isSolved]).toEqual([['Of that I cannot speak.'], undefined]);
    const silent = await answer(bot({ guardrails: { forbidden } }));
    expect([said(silent), silent.handOver?.because]).toEqual([[], 'botGaveUp']);
  });

  it('leave a farewell out that they would not let pass', async () => {
    model.will({ says: 'You get a refund.', calls: [['hand_over', '{"reason":"a refund"}']] });
    const { replies, handOver } = await answer(bot({ guardrails: { promises } }));
    expect([replies, handOver?.reason]).toEqual([[], 'a refund']);
  });

  it('cut, and log by how much only', async () => {
    model.will({ says: `It is on its way. ${'It is late. '.repeat(20)}` });
    const [text = ''] = said(await answer(bot({ guardrails: { maxLength: 50 } })));
    expect(text.length).toBeLessThanOrEqual(50);
    expect(logged.at(-1)).toMatchObject({ event: 'an answer was cut', to: text.length });
    expect(JSON.stringify(logged)).not.toContain('late');
  });

  it('finish what the model could not', async () => {
    model.will({ says: 'It is here. And then it', finish: 'length' });
    expect(said(await answer(bot()))).toEqual(['It is here.']);
  });
});

describe('ceilings', () => {
  const memoryAfter = (turns: number, tokens: number, episode = 1) => ({
    memory: { theirs: 1, openaiCompatible: { episode, turns, tokens } },
  });

  it('count turns and tokens, beside what else is remembered', async () => {
    model.will({ says: 'Hello.', tokens: 120 });
    const turn = turnOf(['hello'], memoryAfter(1, 30));
    expect((await answer(bot(), turn)).remember).toEqual(memoryAfter(2, 150).memory);
  });

  it('are estimated if the server does not report them', async () => {
    model.will({ says: 'Hello.', tokens: 'none' });
    const { remember } = await answer(bot());
    expect(remember).toMatchObject({ openaiCompatible: { turns: 1 } });
    expect(JSON.stringify(remember)).not.toContain('"tokens":0');
  });

  it.each([
    ['turns', memoryAfter(3, 0)],
    ['tokens', memoryAfter(1, 500)],
  ])('of %s go to an agent, and the model is not called', async (_, more) => {
    const asked = bot({ maxTurns: 3, maxTokens: 500 });
    const { replies, handOver } = await answer(asked, turnOf(['hello'], more));
    expect([replies, handOver?.because]).toEqual([[], 'botGaveUp']);
    expect(model.requests).toEqual([]);
  });

  it('end asking again, too', async () => {
    model.will({ calls: [['refund_order', '{}']], tokens: 500 });
    expect((await answer(bot({ maxTokens: 500 }))).handOver?.because).toBe('botGaveUp');
    expect(model.requests).toHaveLength(1);
  });

  it('begin anew with a new conversation', async () => {
    const turn = turnOf(['hello'], { ...memoryAfter(9, 900), episode: 2 });
    const { handOver } = await answer(bot({ maxTurns: 3, maxTokens: 500 }), turn);
    expect(handOver).toBeUndefined();
  });
});

describe('no answer', () => {
  async function failure(step: ModelStep, asked = bot()): Promise<unknown> {
    model.will(step);
    return answer(asked).catch((error: unknown) => error);
  }

  it.each([400, 401, 403, 404])(
    '%s is final, and its message quotes no customer',
    async (status) => {
      const body = JSON.stringify({ error: { message: 'in "my secret words"', type: 'bad' } });
      const error = await failure({ status, body });
      expect(error).toMatchObject({ name: `Http${status}`, isFinal: true });
      expect(String(error)).not.toContain('secret');
      expect(model.requests).toHaveLength(1);
    },
  );

  it.each([408, 429, 500, 503])('%s is asked again, by Temporal', async (status) => {
    const error = await failure({ status, headers: { 'retry-after': '7' } });
    expect(error).toMatchObject({ isFinal: false, retryAfter: 7_000 });
    expect(model.requests).toHaveLength(1);
  });

  it('that breaks off is asked for again', async () => {
    expect(await failure({ says: 'It is', breaksOff: true })).toMatchObject({ isFinal: false });
  });

  it.each<[string, ModelStep]>([
    ['a refusal', { refuses: 'No.' }],
    ['a filtered answer', { says: 'It', finish: 'content_filter' }],
    ['an empty answer', { says: ' ' }],
    ['a page', { raw: '<html>Welcome</html>' }],
    ['a broken line', { raw: 'data: {"choices": \n\n' }],
  ])('is %s', async (_, step) => {
    expect(await failure(step)).toBeInstanceOf(InvalidAnswer);
  });

  it('is an answer of 10 MB', async () => {
    const error = await failure({ says: 'x'.repeat(10_000_000) });
    expect(error).toSatisfy((one) => one instanceof InvalidAnswer || one instanceof BotError);
    expect(error).not.toMatchObject({ isFinal: false });
  });

  it('is one from an internal address that is not allowed', async () => {
    const baseUrl = model.url.replace('http:', 'https:');
    const error = await failure({ says: 'Hello.' }, bot({ baseUrl, allowPrivate: false }));
    expect(error).toMatchObject({ name: 'AddressRefused', isFinal: true });
    expect(model.requests).toEqual([]);
  });

  it('is wanted any more: the connection closes at once', async () => {
    model.will({ says: 'One moment', hangs: true });
    const withdrawn = new AbortController();
    const asked = bot().answer(turnOf(['hello']), asking({ signal: withdrawn.signal }));
    await eventually(() => model.requests.length).toBe(1);
    withdrawn.abort(new Error('taken over'));
    await expect(asked).rejects.toThrow('taken over');
    await eventually(() => model.abandoned).toBe(1);
  });
});

describe('settings', () => {
  const written = { baseUrl: 'https://m.example/v1', model: 'm', prompt: 'You help.' };
  const tool = { description: 'd', url: 'https://t.example' };

  it.each<[string, object, string]>([
    ['a parameter that is Baton’s', { parameters: { stream: false } }, 'parameters.stream'],
    ['a tool that is Baton’s', { tools: { solved: tool } }, 'tools.solved'],
    [
      'a schema that is none',
      { tools: { a: { ...tool, parameters: { type: 'object', properties: 3 } } } },
      'tools.a.parameters',
    ],
    [
      'a promise kept by no tool',
      { guardrails: { promises: [{ words: ['refund'], after: ['b'] }] } },
      'guardrails.promises.0.after',
    ],
    ['an undetermined language', { guardrails: { languages: ['xx'] } }, 'languages.0'],
    ['an address in clear', { baseUrl: 'http://m.example/v1' }, 'openaiCompatible.baseUrl'],
    ['a misspelt one', { temprature: 1 }, 'openaiCompatible.temprature'],
  ])('name %s', (_, more, place) => {
    const parsed = botSchema.safeParse({ openaiCompatible: { ...written, ...more } });
    const places = parsed.error?.issues.map(({ path }) => path.join('.'));
    expect(places?.join(' ')).toContain(place);
  });

  it('name the secrets a worker must have', () => {
    const tools = { a: { ...tool, secretFrom: 'TOOL_SECRET' } };
    const parsed = botSchema.parse({ openaiCompatible: { ...written, keyFrom: 'KEY', tools } });
    expect(parsed.secrets).toEqual(['KEY', 'TOOL_SECRET']);
  });
});
