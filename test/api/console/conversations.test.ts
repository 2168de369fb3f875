/**
 * The console in a real browser on a running Baton: a team lead sees who has which conversation, and why,
 * and takes one from the bot while it thinks. Also with the keyboard alone.
 */
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hourOfWork } from '../../harness/hour-of-work.js';
import type { BatonConfig } from '../../../settings/business.js';
import { findChromium, noChromium, openChromium } from '../../harness/chromium.js';
import {
  lead,
  logIn,
  openConsole,
  openLoggedIn,
  picture,
  send,
  type Console,
} from '../../harness/console.js';
import { Conversation } from '../../harness/conversation.js';
import { json, startHttpTarget, type HttpTarget } from '../../harness/http-target.js';
import { testConfig } from '../../harness/test-config.js';
import { startWorld, type World } from '../../harness/world.js';

const viewersToken = 'a-token-that-only-vera-has';
const tokenSha256 = createHash('sha256').update(viewersToken).digest('hex');

/** `chat` has a quick bot, `messages` one that thinks until the test lets it answer. */
function twoBots(url: string): BatonConfig {
  const config = testConfig({ engageTimeout: '1m' });
  const { chat: quick, messages } = config.sources;
  const http = { url, secretFrom: 'TEST_BOT_SECRET', allowPrivate: true };
  return {
    ...config,
    operators: { vera: { role: 'viewer', sources: ['chat'], tokenSha256 } },
    bots: { ...config.bots, slow: { http, timeout: '10m' } },
    sources: { chat: quick!, messages: { ...messages!, bot: 'slow' } },
  };
}
const says = (body: string) => json(200, { replies: [{ body }] });

const chromium = findChromium();

describe.skipIf(!chromium)(`the console${chromium ? '' : `: ${noChromium}`}`, () => {
  let bot: HttpTarget;
  let world: World;
  let browser: Browser;
  let opened: Console;
  let page: Page;
  beforeAll(async () => {
    process.env['TEST_BOT_SECRET'] = 'the secret both know';
    bot = await startHttpTarget();
    bot.answer = says('Welcome!');
    [world, browser] = await Promise.all([
      startWorld({ config: twoBots(bot.url) }),
      openChromium(chromium!),
    ]);
    opened = await openConsole(browser, world);
    page = opened.page;
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
    await bot.close();
    delete process.env['TEST_BOT_SECRET'];
  });

  const line = (ana: Conversation) => page.getByRole('link', { name: ana.thread });
  const said = (author: string, body: string) =>
    page.getByRole('listitem').filter({ hasText: author }).getByText(body).waitFor();
  const standing = () => page.getByRole('region', { name: 'Current state' });

  it('asks for a token, and refuses a wrong one', async () => {
    await logIn(page, 'not-the-token');
    await page.getByText('This token is invalid.').first().waitFor();
    await logIn(page);
    await page.getByRole('heading', { name: 'Threads' }).waitFor();
    await page.getByText(lead).waitFor();
  });

  it('a thread taken over while the bot is called gets no further reply of the bot', async () => {
    const others = Array.from({ length: 6 }, () => new Conversation(world));
    const ana = new Conversation(world, 'messages');
    const all = [...others, ana];
    await Promise.all(all.map((one) => one.says('hello')));
    await line(ana).waitFor();
    await Promise.all(all.map((one) => one.untilBotSaid(1)));
    await others[0]!.says('a human please');
    await others[1]!.agent('reply', { body: 'Good morning.' });
    await page.getByRole('row').filter({ hasText: 'Handover' }).waitFor();
    await page.getByRole('row').filter({ hasText: 'an agent engaged' }).waitFor();
    for (const chip of ['All running 7', 'Handover 1', 'Agent 1', 'Bot 5']) {
      await page.getByRole('link', { name: chip }).waitFor();
    }
    await picture(page, 'console-threads');

    await line(ana).click();
    await said('Bot', 'Welcome!');
    let answer = (): void => undefined;
    bot.answer = (asked, response) => {
      answer = () => says('It arrives tomorrow.')(asked, response);
    };
    await ana.says('where is my parcel?');
    await said('Customer', 'where is my parcel?');
    await standing().getByText('now asking the bot').first().waitFor();

    await page.getByRole('button', { name: 'Take over' }).click();
    await page.getByLabel('Reason').fill('a regular, I know her');
    const dialog = page.getByRole('dialog');
    await send(dialog, dialog.getByRole('button', { name: 'Take over' }));
    await standing().getByText('Agent', { exact: true }).waitFor();
    const why = await standing().locator('.why').textContent();
    expect(why).toMatch(new RegExp(`${lead}.*a regular, I know her`));

    // The bot answers now. A turn begun later, with the same bot, is over: so would this one's have been.
    answer();
    bot.answer = says('Welcome!');
    const bela = new Conversation(world, 'messages');
    await bela.says('hello');
    await bela.untilBotSaid(1);
    expect(await ana.botSaid()).toEqual(['Welcome!']);
    expect((await ana.card()).counts).toMatchObject({ crossedReplies: 0, replies: 1 });
    await page.getByText(/^Not answered by the bot/).waitFor();
    expect(await page.getByRole('button', { name: 'Take over' }).isDisabled()).toBe(true);
    expect(await page.getByRole('button', { name: 'Return to bot' }).isEnabled()).toBe(true);
    await picture(page, 'console-thread');
  });

  it('a thread is opened and closed, with a reason, by the keyboard alone', async () => {
    const ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await page.goto(opened.at(''));
    await line(ana).waitFor();
    const focused = () => page.evaluate<string>('document.activeElement.textContent');
    for (let i = 0; i < 10 && !(await focused()).includes(ana.thread); i += 1) {
      await page.keyboard.press('j');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: ana.thread }).waitFor();
    await standing().waitFor();
    for (let i = 0; i < 30 && (await focused()) !== 'Close'; i += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.keyboard.type('she called, all is well');
    await page.keyboard.press('Enter');
    await ana.untilPhase('closed');
    await standing().getByText('Closed', { exact: true }).waitFor();
    expect((await ana.card()).why).toContain('she called, all is well');
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Threads' }).waitFor();
  });

  it('keys have a list, and / goes to the filter', async () => {
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Keys' });
    await keys.waitFor();
    await page.keyboard.press('Escape');
    await keys.waitFor({ state: 'hidden' });
    await page.keyboard.press('/');
    await page.locator('input:focus').waitFor();
    await page.keyboard.type('nothing is called like this');
    await page.getByText('No thread matches the filter.').first().waitFor();
  });

  it('lists are filtered by phase and source, and their address says so', async () => {
    await page.goto(opened.at('?phase=agent&source=messages'));
    await page.getByRole('row').filter({ hasText: 'Agent' }).waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'Handover' }).count()).toBe(0);
    await page.getByRole('link', { name: /^Handover/ }).click();
    await page.waitForURL(opened.at('?source=messages&phase=handover').replace(/\?.*/, '?*'));
    await page.getByText('No thread matches the filter.').first().waitFor();
    await page.getByLabel('Source').selectOption('');
    await page.getByRole('row').filter({ hasText: 'Handover' }).waitFor();
  });

  it('says that Baton is away, and goes on when it is back', async () => {
    await page.route('**/operator/threads*', (route) => route.fulfill({ status: 503, body: '{}' }));
    await page.getByText('Baton does not answer, trying again').first().waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'Handover' }).count()).toBe(1);
    await page.unroute('**/operator/threads*');
    await page.getByText('Baton does not answer').first().waitFor({ state: 'detached' });
  });

  it('sends no requests while the page is hidden', async () => {
    const { page: hidden } = await openLoggedIn(browser, world);
    await hidden.clock.install();
    await hidden.reload();
    await hidden.getByRole('row').first().waitFor();
    const hide = (isHidden: boolean) =>
      hidden.evaluate(`Object.defineProperty(document, 'hidden', { configurable: true,
        get: () => ${isHidden} }); document.dispatchEvent(new Event('visibilitychange'))`);
    await hide(true);
    await hidden.clock.runFor(5_000);
    let asked = 0;
    hidden.on('request', () => (asked += 1));
    await hidden.clock.runFor(60_000);
    expect(asked).toBe(0);
    const again = hidden.waitForRequest('**/operator/threads*');
    await hide(false);
    await again;
    await hidden.context().close();
  });

  it('draws the figures of the workers, with a table of the numbers', async () => {
    // An hour's past, by hand: no test lasts that long.
    const response = await page.request.get(new URL('/operator/overview', world.webhookUrl).href);
    const body = { ...((await response.json()) as object), ...hourOfWork() };
    await page.route('**/operator/overview', (route) => route.fulfill({ json: body }));
    await page.getByRole('link', { name: 'Overview' }).click();
    await page.getByRole('img', { name: 'Containment: 75 %' }).waitFor();
    expect(await page.locator('figure canvas').count()).toBe(7);
    const reasons = page.getByRole('figure', { name: 'Reasons of handovers' });
    await reasons.getByText('As a table').click();
    await reasons.getByRole('row', { name: 'the customer asked for an agent 360' }).waitFor();
    await page.unroute('**/operator/overview');
  });

  it('logs out', async () => {
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByLabel('Operator token').waitFor();
    await page.reload();
    await page.getByLabel('Operator token').waitFor();
  });

  it('shows who may only look at one source that one, and lets them press nothing', async () => {
    await logIn(page, viewersToken);
    await page.getByText('vera (viewer)').first().waitFor();
    // It is still the page they were on: the whole system is not theirs.
    await page.getByText('the whole system').first().waitFor();
    await page.getByRole('link', { name: 'Threads' }).click();
    await page.getByRole('row').filter({ hasText: 'chat' }).first().waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'messages' }).count()).toBe(0);
    await page.getByRole('link', { name: 'Emergency' }).click();
    await page.getByText('Your role may read, but not declare an emergency.').first().waitFor();
    await page.getByRole('link', { name: 'Threads' }).click();
    await page.getByRole('row').getByRole('link').first().click();
    await standing().waitFor();
    expect(await page.locator('.commands button:enabled').count()).toBe(0);
  });

  it('needs nothing that its own policy refuses', () => {
    expect(opened.refused).toEqual([]);
  });
});
