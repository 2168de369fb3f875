/**
 * An emergency from the console, in a real browser: more conversations than a page of the list shows are
 * counted, moved to humans under a counter that ends where it should, and brought back. Also how every
 * page can be read.
 */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousFindings } from '../../harness/axe.js';
import { findChromium, noChromium, openChromium } from '../../harness/chromium.js';
import {
  lead,
  openConsole,
  openLoggedIn,
  picture,
  send,
  type Console,
} from '../../harness/console.js';
import { Conversation } from '../../harness/conversation.js';
import { Operator } from '../../harness/operator.js';
import { testConfig } from '../../harness/test-config.js';
import { startWorld, type World } from '../../harness/world.js';
import { eventually } from '../../harness/eventually.js';

/** A page of the list shows fifty. */
const many = 52;
/** The bot waits for more, so that so many conversations cost no turns. */
const burst = { quiet: '10m', cap: '10m' };
const chromium = findChromium();

describe.skipIf(!chromium)(`the console${chromium ? '' : `: ${noChromium}`}`, () => {
  let world: World;
  let browser: Browser;
  let opened: Console;
  let page: Page;
  let threads: readonly Conversation[];
  beforeAll(async () => {
    [world, browser] = await Promise.all([
      startWorld({ config: testConfig({ source: { burst }, engageTimeout: '1m' }) }),
      openChromium(chromium!),
    ]);
    threads = Array.from({ length: many }, () => new Conversation(world));
    await Promise.all(threads.map((ana) => ana.says('hello')));
    opened = await openLoggedIn(browser, world);
    page = opened.page;
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  /** The searches have caught up: what is counted beforehand is what there is. */
  async function untilFound(ask: () => Promise<Record<string, unknown>>, count: string) {
    await eventually(async () => (await ask())[count]).toBe(many);
  }
  /** Presses it until it has counted this: Baton may not have answered in time. */
  async function counted(within: Page | Locator, button: string, found: string): Promise<void> {
    const count = within.getByRole('button', { name: button });
    await eventually(async () => {
      if (await page.getByText(found).isVisible()) return true;
      if (await count.isEnabled()) await count.click();
      return false;
    }).toBe(true);
  }
  async function confirm(button: string, why: string): Promise<void> {
    await page.getByRole('button', { name: `${button} …` }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Reason').fill(why);
    const act = dialog.locator('button:not([type=button])');
    expect(await act.isDisabled()).toBe(true);
    await dialog.getByLabel('Type all to confirm').fill('all');
    await send(dialog, act);
  }

  it(`moves ${many} conversations to humans, counted, and brings them back`, async () => {
    const operator = new Operator(world);
    const all = { all: true } as const;
    await untilFound(
      async () => (await operator.declare({ scope: all, dryRun: true })).body,
      'wouldMove',
    );

    await page.getByRole('link', { name: 'Emergency' }).click();
    const [count, would] = ['Count first, change nothing', `${many} threads would go to humans.`];
    await counted(page, count, would);
    expect((await operator.show()).inForce).toEqual([]);
    await confirm(`Move ${many} threads to humans`, 'the bot names wrong prices');
    const card = page.getByRole('region', { name: 'For all conversations' });
    await card.getByText(`by ${lead}: the bot names wrong prices`).waitFor();
    await card.getByText(/[1-9]\d* moved/).waitFor();
    await picture(page, 'console-emergency');
    const sum = `${many} found = ${many} moved + 0 left + 0 failed + 0 remaining`;
    const progress = () => card.locator('.progress p').allInnerTexts();
    await eventually(progress).toEqual([sum]);
    const phases = () => Promise.all(threads.map((ana) => ana.phase()));
    expect(new Set(await phases())).toEqual(new Set(['handover']));

    await page.getByRole('link', { name: 'Threads' }).click();
    await page
      .getByRole('complementary', { name: 'Emergency' })
      .getByText('all conversations')
      .waitFor();
    await page.getByRole('link', { name: 'Next page' }).click();
    await page.getByRole('link', { name: 'First page' }).waitFor();

    await untilFound(
      async () => (await operator.end({ scope: all, dryRun: true })).body,
      'wouldReturn',
    );
    await page.getByRole('link', { name: 'See it' }).click();
    const back = `${many} threads would go back to the bot.`;
    await counted(card, 'Count what would return', back);
    await confirm(`End it, return ${many} threads to the bot`, 'the prices are right again');
    await card.getByText('Back to the bot').waitFor();
    await eventually(progress).toEqual([sum, sum]);
    expect(new Set(await phases())).toEqual(new Set(['bot']));
  });

  const paths = () => ['', threadPath(), '/emergency', '/overview', '/system'];
  const threadPath = () => `/threads/${threads[0]!.workflow.workflowId.replace('thread:', '')}`;
  /** Its first answer is there. */
  async function visit(on: Console, path: string): Promise<void> {
    await on.page.goto(on.at(path));
    await on.page.getByRole('heading', { level: 1 }).waitFor();
    await on.page.locator('table, .card, .figures, .moments').first().waitFor();
  }

  it('says on the overview which setting brings the figures of workers', async () => {
    await visit(opened, '/overview');
    await page.getByText('BATON_WORKERS_URL').first().waitFor();
    await page.getByRole('link', { name: `${many} Bot` }).waitFor();
  });

  it('fits on a phone: no page scrolls sideways', async () => {
    await page.setViewportSize({ width: 380, height: 760 });
    for (const path of paths()) {
      await visit(opened, path);
      const beyond = await page.evaluate('document.documentElement.scrollWidth - innerWidth');
      expect([path, beyond]).toEqual([path, 0]);
    }
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it.each(['light', 'dark'] as const)(
    'can be read by everybody, %s: axe has no serious finding',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      for (const path of paths()) {
        await visit(opened, path);
        expect([path, await seriousFindings(page)]).toEqual([path, []]);
      }
      await visit(opened, threadPath());
      // A key does what its button does, once there is something to pause.
      await page.locator('.commands button:enabled').first().waitFor();
      await page.keyboard.press('p');
      await page.getByRole('dialog', { name: 'Pause bot' }).waitFor();
      expect(['a dialog', await seriousFindings(page)]).toEqual(['a dialog', []]);
      const loggedOut = await openConsole(browser, world, { colorScheme });
      await loggedOut.page.getByLabel('Operator token').waitFor();
      expect(await seriousFindings(loggedOut.page)).toEqual([]);
      await loggedOut.page.context().close();
    },
  );

  it('needs nothing that its own policy refuses', () => {
    expect(opened.refused).toEqual([]);
  });
});
