/** Bots on vendors' platforms, each beside a server that answers as the vendor documents. */
import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Bot } from '../../bots/bot.js';
import { config as cognigyExample } from '../../docs/examples/cognigy/baton.config.js';
import { config as dialogflowExample } from '../../docs/examples/dialogflow/baton.config.js';
import { config as rasaExample } from '../../docs/examples/rasa/baton.config.js';
import type { BatonConfig } from '../../settings/business.js';
import { parseConfig } from '../../settings/load-config.js';
import { asking, failureOf, madeBot } from '../harness/bots/made-bot.js';
import {
  agent,
  startCognigy,
  startDialogflow,
  startRasa,
  type Vendor,
} from '../harness/bots/vendors.js';
import { turnOf } from '../harness/turn.js';
import { eventually } from '../harness/eventually.js';

const conversationId = 'c'.repeat(64);
const turn = turnOf(['where is', 'my parcel?'], {
  id: 'turn-7',
  locale: 'fr',
  channel: { kind: 'web', structured: ['select'] },
});
const handedOver = { baton: { handOver: { because: 'botGaveUp', reason: 'no such parcel' } } };

let vendor: Vendor;
let bot: Bot;
const ask = (more: Parameters<typeof asking>[0] = {}) =>
  bot.answer(turn, asking({ conversationId, ...more }));
afterEach(() => vendor.close());

describe('a Rasa assistant', () => {
  beforeEach(async () => {
    vendor = await startRasa();
    bot = madeBot({ rasa: { url: vendor.url, allowPrivate: true } });
  });

  it('gets the burst as one message, under a pseudonym', async () => {
    vendor.says([{ recipient_id: conversationId, text: 'Tomorrow.' }]);
    expect(await ask()).toEqual({ replies: [{ body: 'Tomorrow.' }] });
    expect(vendor.requests).toEqual([
      {
        sender: conversationId,
        message: 'where is\nmy parcel?',
        metadata: { turn: 'turn-7', source: 'chat', locale: 'fr' },
      },
    ]);
  });

  it('says nothing, pictures, and choices where there are some', async () => {
    const buttons = [{ title: 'Yes', payload: '/affirm' }, { title: 'No' }];
    vendor.says([{ text: 'Which?', buttons }, { image: 'https://shop.example/map.png' }]);
    const items = [
      { title: 'Yes', payload: '/affirm' },
      { title: 'No', payload: 'No' },
    ];
    const picture = { body: 'https://shop.example/map.png' };
    expect(await ask()).toEqual({
      replies: [{ body: 'Which?', structured: { type: 'select', items } }, picture],
    });
    const plain = await bot.answer(turnOf(['hi']), asking());
    expect(plain).toEqual({ replies: [{ body: 'Which?\n- Yes\n- No' }, picture] });
    vendor.says([]);
    expect(await ask()).toEqual({ replies: [] });
  });

  it('hands over and solves by what an action declares', async () => {
    vendor.says([{ text: 'A colleague will help.' }, { custom: handedOver }]);
    expect(await ask()).toEqual({
      replies: [{ body: 'A colleague will help.' }],
      handOver: handedOver.baton.handOver,
    });
    vendor.says([{ custom: { baton: { isSolved: true } } }, { custom: { other: 1 } }]);
    expect(await ask()).toEqual({ replies: [], isSolved: true });
    vendor.says([{ custom: { baton: { handOver: { because: 'tired' } } } }]);
    expect(await failureOf(ask())).toMatchObject({ name: 'InvalidAnswer', isFinal: true });
  });

  it('gets the payload of the chosen item', async () => {
    vendor.says([]);
    const burst = [{ id: 'c', body: 'Yes', payload: '/affirm', hasAttachment: false }];
    await bot.answer({ ...turn, burst }, asking());
    expect(vendor.requests[0]).toMatchObject({ message: '/affirm' });
  });
});

describe('a Cognigy flow', () => {
  beforeEach(async () => {
    vendor = await startCognigy('url-token');
    const cognigy = { url: vendor.url, tokenFrom: 'T', allowPrivate: true };
    bot = madeBot({ cognigy }, { T: 'url-token' });
  });

  it('gets the burst as one input, and each of its outputs is a reply', async () => {
    const outputStack = [
      { text: 'One moment.' },
      { text: 'Tomorrow.', data: {} },
      { data: { a: 1 } },
    ];
    vendor.says({ text: 'One moment. Tomorrow.', data: {}, outputStack });
    expect(await ask()).toEqual({ replies: [{ body: 'One moment.' }, { body: 'Tomorrow.' }] });
    expect(vendor.requests).toEqual([
      {
        userId: conversationId,
        sessionId: conversationId,
        text: 'where is\nmy parcel?',
        data: { baton: { turn: 'turn-7', source: 'chat', locale: 'fr' } },
      },
    ]);
  });

  it('hands over by the data of an output, and answers without a stack', async () => {
    vendor.says({ text: '', data: {}, outputStack: [{ text: 'Bye.', data: handedOver }] });
    expect(await ask()).toEqual({
      replies: [{ body: 'Bye.' }],
      handOver: handedOver.baton.handOver,
    });
    vendor.says({ text: 'Hello.', data: { baton: { isSolved: true } } });
    expect(await ask()).toEqual({ replies: [{ body: 'Hello.' }], isSolved: true });
  });

  it('that rejects its token is not called again, and the token is not logged', async () => {
    const cognigy = { url: vendor.url, tokenFrom: 'T', allowPrivate: true };
    bot = madeBot({ cognigy }, { T: 'swordfish' });
    const failure = await failureOf(ask());
    expect(failure).toMatchObject({ name: 'Http404', isFinal: true });
    expect(failure?.message).not.toContain('swordfish');
  });
});

describe('a Dialogflow agent', () => {
  const name = 'projects/p/locations/europe-west1/operations/op-1';
  const says = (...messages: object[]) => ({ queryResult: { responseMessages: messages } });
  beforeEach(async () => {
    vendor = await startDialogflow('token');
    const more = { allowPrivate: true, timeZone: 'Europe/Paris' };
    bot = madeBot(
      { dialogflow: { agent, url: vendor.url, tokenFrom: 'T', ...more } },
      { T: 'token' },
    );
  });

  it('gets the burst as one query in the customer’s language', async () => {
    vendor.says(says({ text: { text: ['Demain.'] } }, { outputAudioText: {} }));
    expect(await ask()).toEqual({ replies: [{ body: 'Demain.' }] });
    expect(vendor.requests[0]).toEqual({
      queryInput: { text: { text: 'where is\nmy parcel?' }, languageCode: 'fr' },
      queryParams: {
        timeZone: 'Europe/Paris',
        parameters: { baton: { turn: 'turn-7', source: 'chat', profile: {} } },
      },
    });
  });

  it('hands over, solves, and declares what there is no word for', async () => {
    const metadata = { reason: 'a complaint' };
    vendor.says(says({ text: { text: ['Bye.'] } }, { liveAgentHandoff: { metadata } }));
    expect(await ask()).toEqual({
      replies: [{ body: 'Bye.' }],
      handOver: { because: 'customerAsked', reason: 'a complaint' },
    });
    vendor.says(says({ endInteraction: {} }));
    expect(await ask()).toEqual({ replies: [], isSolved: true });
    vendor.says(says({ payload: handedOver }));
    expect(await ask()).toEqual({ replies: [], handOver: handedOver.baton.handOver });
  });

  it('may be asked by a service account, whose key signs and stays here', async () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const file = JSON.stringify({ client_email: 'baton@p.example', private_key: key });
    const given = { agent, url: vendor.url, serviceAccountFrom: 'K', allowPrivate: true };
    await failureOf(madeBot({ dialogflow: given }, { K: file }).answer(turn, asking()));
    const [, payload = ''] = String(vendor.asked[0]?.headers.authorization).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      iss: 'baton@p.example',
      scope: 'https://www.googleapis.com/auth/dialogflow',
    });
    expect(() => madeBot({ dialogflow: given }, { K: '{"swordfish":1}' })).toThrow(
      'K: expected the JSON key file of a service account',
    );
  });

  it('may need an operation, which is looked at until it is done', async () => {
    const response = says({ text: { text: ['At last.'] } });
    vendor.says({ name, done: false }, { name }, { name, done: true, response });
    expect(await ask()).toEqual({ replies: [{ body: 'At last.' }] });
    expect(vendor.asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
    expect(vendor.requests).toHaveLength(1);
  });

  it('may fail in an operation, or be withdrawn from', async () => {
    vendor.says({ name }, { name, done: true, error: { code: 13, message: 'swordfish' } });
    expect(await failureOf(ask())).toMatchObject({
      name: 'OperationFailed',
      message: 'the operation has failed with code 13',
    });
    const takeover = new AbortController();
    vendor.says({ name });
    const asked = failureOf(ask({ signal: takeover.signal }));
    await eventually(() => vendor.asked.at(-1)?.method).toBe('GET');
    takeover.abort(new Error('a human took over'));
    expect((await asked)?.message).toBe('a human took over');
  });

  it.each([{}, { name: '../../elsewhere' }, { name, done: true }, [], 'x'])(
    'that answers %j has given no answer',
    async (answer) => {
      vendor.says(answer);
      expect(await failureOf(ask())).toMatchObject({ name: 'InvalidAnswer', isFinal: true });
    },
  );
});

/** The bot of an example as it is written there, but for the address it is at here. */
function botOf(config: BatonConfig, kind: string): Bot {
  const [written] = Object.values(config.bots) as unknown as Record<string, object>[];
  const here = { ...written?.[kind], url: vendor.url, allowPrivate: true };
  return madeBot({ [kind]: here } as unknown as BatonConfig['bots'][string], {
    DIALOGFLOW_TOKEN: 'token',
    COGNIGY_TOKEN: 'token',
  });
}

describe('the examples', () => {
  const said = { replies: [{ body: 'Tomorrow.' }] };

  it('of Rasa answers', async () => {
    vendor = await startRasa();
    vendor.says([{ text: 'Tomorrow.' }]);
    expect(await botOf(rasaExample, 'rasa').answer(turn, asking())).toEqual(said);
  });

  it('of Cognigy answers', async () => {
    vendor = await startCognigy('token');
    vendor.says({ text: 'Tomorrow.' });
    expect(await botOf(cognigyExample, 'cognigy').answer(turn, asking())).toEqual(said);
  });

  it('of Dialogflow answers', async () => {
    const [{ dialogflow }] = Object.values(dialogflowExample.bots) as [
      { dialogflow: { agent: string } },
    ];
    vendor = await startDialogflow('token', dialogflow.agent);
    vendor.says({ queryResult: { responseMessages: [{ text: { text: ['Tomorrow.'] } }] } });
    expect(await botOf(dialogflowExample, 'dialogflow').answer(turn, asking())).toEqual(said);
  });

  it('are configurations that Baton takes', async () => {
    vendor = await startRasa();
    for (const config of [rasaExample, dialogflowExample, cognigyExample]) {
      expect(Object.keys(parseConfig(config).bots)).toHaveLength(1);
    }
  });
});
