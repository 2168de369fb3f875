/** The Source SDK's signature in both directions, and what a call to its bot carries. */
import { createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createSourceSdkBot } from '../../engage/source-sdk/bot-client.js';
import { sign, signedWith } from '../../engage/source-sdk/signature.js';
import { startHttpTarget } from '../harness/http-target.js';
import { startNobody } from '../harness/nobody.js';

const hex = (secret: string, text: string) =>
  createHmac('sha512', secret).update(text).digest('hex');

describe('a signature', () => {
  const bytes = Buffer.from('{"action":"x"}');
  it('is found to be of one of the secrets, those not set left aside', () => {
    const given = sign('new', bytes);
    expect(given).toBe(hex('new', '{"action":"x"}'));
    expect(signedWith(['old', undefined, 'new'], bytes, given)).toBe('new');
    expect(signedWith([undefined, 'new'], bytes, given)).toBe('new');
  });
  it('is of none without the bytes, the secret or a header', () => {
    const given = sign('new', bytes);
    expect(signedWith(['new'], Buffer.from('{}'), given)).toBeUndefined();
    expect(signedWith(['old'], bytes, given)).toBeUndefined();
    expect(signedWith([undefined], bytes, given)).toBeUndefined();
    expect(signedWith(['new'], bytes, undefined)).toBeUndefined();
    expect(signedWith(['new'], bytes, given.slice(0, -1))).toBeUndefined();
  });
});

describe('a call to the bot', () => {
  const options = { secret: 'key', timeout: 60_000 };
  it('is signed and named, and brings the status', async () => {
    const target = await startHttpTarget();
    target.answer = (_, response) => void response.writeHead(302, { location: '/x' }).end('moved');
    const bot = createSourceSdkBot({ ...options, url: `${target.url}/hook` });
    expect(await bot.post('{"a":1}', 'k')).toBe(302);
    expect(target.asked).toMatchObject([
      {
        ...{ method: 'POST', url: '/hook', body: '{"a":1}' },
        headers: {
          ...{ 'content-type': 'application/json', 'idempotency-key': 'k' },
          'x-smccsdk-signature': hex('key', '{"a":1}'),
        },
      },
    ]);
    await target.close();
  });
  it('that is not answered brings none', async () => {
    const nobody = await startNobody();
    expect(
      await createSourceSdkBot({ ...options, url: nobody.url }).post('{}', 'k'),
    ).toBeUndefined();
    await nobody.close();
  });
});
