/** The code for receivers in `docs/operations/alerts.md` verifies what we send, and nothing else. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAlertWebhook } from '../../runtime/alert-webhook.js';
import { Webhook } from 'standardwebhooks';
import { startHttpTarget, type Asked, type HttpTarget } from '../harness/http-target.js';
import { read } from '../harness/source-files.js';

type Verify = (headers: object, body: string, secret: string, now?: number) => boolean;

const secret = 'a secret of the business';
const body = '{"type":"attention.raised"}';
const page = read('docs/operations/alerts.md');
const [, code = ''] = /^```js\n(.*?)^```$/ms.exec(page) ?? [];

let target: HttpTarget;
let isFromBaton: Verify;
beforeAll(async () => {
  target = await startHttpTarget();
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly isFromBaton: Verify;
  };
  ({ isFromBaton } = module);
});
afterAll(() => target.close());

async function sent(signedWith: string): Promise<Asked> {
  const webhook = createAlertWebhook({ url: target.url, allowPrivate: true, secret: signedWith });
  expect(await webhook.post('alert_1', body)).toMatchObject({ status: 200 });
  return target.asked.at(-1)!;
}

it('its code takes what we send', async () => {
  const asked = await sent(secret);
  expect(isFromBaton(asked.headers, asked.body, secret)).toBe(true);
});

it('its code refuses another secret, another body, another id, and what is old', async () => {
  const { headers, body: given } = await sent(secret);
  expect(isFromBaton(headers, given, 'another secret')).toBe(false);
  expect(isFromBaton(headers, `${given} `, secret)).toBe(false);
  expect(isFromBaton({ ...headers, 'webhook-id': 'alert_2' }, given, secret)).toBe(false);
  expect(isFromBaton(headers, given, secret, Date.now() + 600_000)).toBe(false);
  expect(isFromBaton({}, given, secret)).toBe(false);
});

it('the libraries of Standard Webhooks take it, by either kind of secret', async () => {
  const asBase64 = Buffer.from(secret).toString('base64');
  const headers = ({ headers: all }: Asked) => all as Record<string, string>;
  const plain = await sent(secret);
  expect(new Webhook(asBase64).verify(plain.body, headers(plain))).toEqual(JSON.parse(body));
  const prefixed = await sent(`whsec_${asBase64}`);
  expect(new Webhook(`whsec_${asBase64}`).verify(prefixed.body, headers(prefixed))).toBeTruthy();
});

it('nothing inside is called, nor where a redirect leads', async () => {
  const webhook = createAlertWebhook({ url: target.url, allowPrivate: false, secret });
  const { problem } = await webhook.post('alert_1', body);
  expect(problem).toContain('may not be called');
  target.answer = (_, response) => response.writeHead(302, { location: '/elsewhere' }).end();
  const asked = target.asked.length;
  const open = createAlertWebhook({ url: target.url, allowPrivate: true, secret });
  expect((await open.post('alert_1', body)).problem).toContain('redirects are not followed');
  expect(target.asked.length).toBe(asked + 1);
});
