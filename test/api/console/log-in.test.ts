/** Two ways into the console besides the form: the link of `npm start`, and back from a company's provider. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../api/app.js';
import { createLog } from '../../../runtime/log.js';
import { listen, type Listening } from '../../../runtime/listen.js';
import { findChromium, noChromium, openChromium } from '../../harness/chromium.js';
import { limit } from '../../harness/eventually.js';
import { operatorOptions } from '../../harness/operator-options.js';
import { RecordedThreads } from '../../harness/recorded-threads.js';

const chromium = findChromium();
const token = 'token-of-the-development';

async function openPage(path: string): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(limit);
  await page.goto(`http://127.0.0.1:${server.port}/console/${path}`);
  return page;
}
let browser: Browser;
let server: Listening;

beforeAll(async () => {
  if (chromium === undefined) return;
  const app = createApp({
    ...{
      threads: new RecordedThreads(),
      webhookSecrets: ['webhook-secret'],
      verifyToken: 'verify',
    },
    isOurs: () => true,
    operator: operatorOptions({ token }),
    log: createLog('api', 'silent'),
  });
  server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'TEST' });
  browser = await openChromium(chromium);
});
afterAll(async () => {
  if (chromium === undefined) return;
  await browser.close();
  await server.close();
});

describe.skipIf(chromium === undefined)('the console', () => {
  if (chromium === undefined) console.log(noChromium);

  it('is entered by the link that npm start prints, which then has no token in it any more', async () => {
    const page = await openPage(`#token=${token}`);
    await page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor();
    expect(page.url()).not.toContain(token);
  });

  it('a link with a wrong token leads to the form', async () => {
    const page = await openPage('#token=guessed');
    await page.getByLabel('Operator token').waitFor();
    expect(page.url()).not.toContain('guessed');
  });

  it('whom the provider knows and the business does not, reads so', async () => {
    const page = await openPage('?refused');
    const words = await page.getByRole('alert').first().textContent();
    expect(words).toContain('not configured as an operator');
  });
});
