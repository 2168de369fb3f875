/** Broken threads in the console: a team lead finds a conversation whose run was terminated, and has it rebuilt. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../../harness/axe.js';
import { findChromium, noChromium, openChromium } from '../../harness/chromium.js';
import { openLoggedIn, type Console } from '../../harness/console.js';
import { Conversation } from '../../harness/conversation.js';
import { eventually } from '../../harness/eventually.js';
import { startWorld, type World } from '../../harness/world.js';
import { brokenWords } from '../../../api/console/page/parts/words.js';

it.each([
  [{ is: 'terminated', cause: null, attempts: null }, 'its run was terminated'],
  [
    { is: 'stuck', cause: 'NON_DETERMINISTIC_ERROR', attempts: 4 },
    'stuck: this release cannot replay its history, 4 attempts',
  ],
  [{ is: 'stuck', cause: 'cause 99', attempts: 1 }, 'stuck: cause 99, 1 attempt'],
] as const)('%o in words', (broken, words) => {
  expect(brokenWords(broken)).toBe(words);
});

const chromium = findChromium();

describe.skipIf(!chromium)(`broken threads${chromium ? '' : `: ${noChromium}`}`, () => {
  let world: World;
  let browser: Browser;
  let opened: Console;
  let page: Page;
  let ana: Conversation;
  beforeAll(async () => {
    [world, browser] = await Promise.all([startWorld(), openChromium(chromium!)]);
    ana = new Conversation(world);
    await ana.says('hello');
    await ana.untilBotSaid(1);
    await ana.workflow.terminate('a test');
    opened = await openLoggedIn(browser, world);
    page = opened.page;
    await page.goto(opened.at('/system'));
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });
  const section = () => page.getByRole('region', { name: 'Broken threads', exact: true });

  it('are searched for on demand, and listed with the cause', async () => {
    const found = async () => {
      await section().getByRole('button', { name: 'Search' }).click();
      await section()
        .getByText(/^\d+ of \d+ threads? broken$/)
        .waitFor();
      return section().getByRole('row').allInnerTexts();
    };
    // Temporal's search lags behind.
    await eventually(async () => (await found()).length).toBe(2);
    expect((await section().getByRole('row').last().innerText()).split('\t')).toEqual([
      expect.stringContaining(ana.thread),
      'chat',
      expect.stringMatching(/\d/),
      'its run was terminated',
      '',
    ]);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('are rebuilt with a reason, and then they are broken no more', async () => {
    const button = section().getByRole('button', { name: 'Rebuild 1 thread' });
    expect(await button.isDisabled()).toBe(true);
    const chosen = section().getByRole('checkbox', { name: /^Rebuild / });
    await chosen.uncheck();
    expect(await button.count()).toBe(0);
    await chosen.check();
    await section().getByLabel('Reason').fill('terminated by mistake');
    await button.click();
    await section().getByText('1 of 1 thread rebuilt, 0 refused').waitFor();
    await eventually(async () => (await ana.workflow.describe()).status.name).toBe('RUNNING');
    expect(opened.refused).toEqual([]);
  });
});
