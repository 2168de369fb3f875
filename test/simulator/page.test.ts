/**
 * The simulator's page in a real browser, on a running Baton: the newcomer's minute, and that it can be
 * read on a phone, in the dark, and by a screen reader. With `BATON_PICTURES=1` it makes its picture.
 */
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { domainId } from '../../simulator/seed.js';
import { describeQuery, threadWorkflowId } from '../../workflows/contract/index.js';
import { seriousFindings } from '../harness/axe.js';
import { findChromium, noChromium, openChromium } from '../harness/chromium.js';
import { root } from '../harness/source-files.js';
import { testConfig } from '../harness/test-config.js';
import { untilDelivered } from '../harness/delivered.js';
import { startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

const chromium = findChromium();
/** Milliseconds; the page of a busy machine is waited for. */
const timeout = 100_000;

describe.skipIf(!chromium)(`the page${chromium ? '' : `: ${noChromium}`}`, () => {
  let world: World;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    world = await startWorld({ config: testConfig() });
    browser = await openChromium(chromium!);
    page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(timeout);
    await page.goto(world.simulator.url);
  });
  afterAll(async () => {
    await browser.close();
    await world.stop();
  });

  const bubbles = (by: string) => page.locator(`.said [data-by=${by}]`);
  const bubble = (by: string, body: string) => bubbles(by).getByText(body).last().waitFor();
  const says = async (body: string) => {
    await page.getByLabel(/^Message of/).fill(body);
    await page.keyboard.press('Enter');
    await bubble('customer', body);
  };
  /** The phase that lasts, as the band has it. */
  const phase = (name: string) => page.locator(`[data-phase=${name}][aria-current=true]`).waitFor();
  const stepsDone = (count: number) =>
    eventually(() => page.locator('[data-step=done]').count()).toBe(count);

  it('walks a newcomer through the minute', async () => {
    await page.getByLabel('Name').fill('ana');
    await stepsDone(0);

    await says('hello');
    await bubble('bot', 'Welcome!');
    await phase('bot');
    await stepsDone(1);

    await says('a human please');
    await bubble('bot', 'A colleague takes over.');
    await phase('handover');
    await page.locator('.inbox .category').getByText('agent').waitFor();
    await stepsDone(2);

    const reply = page.getByLabel('Reply as agent-1');
    await reply.fill('Good morning, how can I help?');
    await reply.press('Enter');
    await bubble('agent', 'Good morning');
    await phase('agent');
    await stepsDone(3);

    const saidByBot = await bubbles('bot').count();
    await says('Where is my parcel?');
    await delivered();
    expect(await bubbles('bot').count()).toBe(saidByBot);
    if (process.env['BATON_PICTURES'] === '1') {
      await page.screenshot({ path: join(root, 'docs/pictures/simulator.png') });
    }

    await page.getByRole('button', { name: 'Complete' }).click();
    await stepsDone(4);
    await phase('closed');

    await says('What are your hours?');
    await bubble('bot', 'We are open');
    await phase('bot');
    await stepsDone(5);
    const inBand = `[...document.querySelectorAll('.band [data-phase]')]`;
    const phases = await page.evaluate<string[]>(`${inBand}.map((one) => one.dataset.phase)`);
    expect(phases).toEqual(['bot', 'handover', 'agent', 'closed', 'bot']);
  });

  /** Baton has taken in all that was said: what it wanted to say to it, it would have said. */
  async function delivered(): Promise<void> {
    const shown = await page.locator('.thread[aria-pressed=true]').getAttribute('data-thread');
    const thread = shown ?? '';
    const handle = world.temporal.client.workflow.getHandle(threadWorkflowId(domainId, thread));
    await untilDelivered(world, thread);
    await eventually(async () => {
      const card = await handle.query(describeQuery);
      return card.doing === undefined && card.outbox.length === 0;
    }).toBe(true);
  }

  it('puts and clears faults, availability, the rule and the clock', async () => {
    const { url } = world.simulator;
    const now = async (path: string) => (await fetch(`${url}${path}`)).json() as Promise<object>;
    await page.getByRole('checkbox', { name: /^duplicate/ }).click();
    await eventually(() => now('/faults')).toEqual({ duplicate: 0.5 });
    await page.getByRole('button', { name: 'No faults' }).click();
    await eventually(() => now('/faults')).toEqual({});

    await page.getByRole('combobox', { name: /^agent-2/ }).selectOption('away');
    await eventually(async () => JSON.stringify(await now('/agents'))).toContain('away');
    await page.getByRole('checkbox', { name: /^The administrator/ }).click();
    await eventually(() => now('/cast/rule')).toEqual({ emergency: true });
    await page.getByRole('checkbox', { name: /^The administrator/ }).click();
    await eventually(() => now('/cast/rule')).toEqual({ emergency: false });

    const before = Date.now();
    await page.getByRole('button', { name: 'Forward 1h' }).click();
    const clock = async () => Date.parse(((await now('/clock')) as { now: string }).now);
    await eventually(clock).toBeGreaterThanOrEqual(before + 3_600_000);
  });

  it('selects another conversation in the inbox, and writes as its customer', async () => {
    await world.control.customer({ source: 'messages', identity: 'ben', body: 'hello from ben' });
    // Not by what was said last: the bot's welcome takes its place.
    await page.locator('.thread').getByText('ben').first().click();
    await bubble('customer', 'hello from ben');
    expect(await page.getByLabel('Name').inputValue()).toBe('ben');
    expect(await page.getByLabel('Writes on').inputValue()).toBe('messages');
  });

  it('explains in words what an endpoint refuses', async () => {
    await page.getByRole('button', { name: 'Complete' }).click();
    await page
      .getByRole('alert')
      .getByText(/intervention/i)
      .waitFor();
  });

  it('is walked through with Tab, in the order in which it is read', async () => {
    await page.getByLabel('Name').focus();
    const passed: string[] = [];
    for (let at = 0; at < 9; at += 1) {
      await page.keyboard.press('Tab');
      const focused = 'document.activeElement';
      passed.push(await page.evaluate<string>(`${focused}.ariaLabel ?? ${focused}.innerText`));
    }
    const threads = passed.slice(4, 7);
    expect(passed.slice(1, 4)).toEqual(['Conversation', 'Message of ben', 'Send']);
    expect(threads[0]).toBe('Threads, newest first');
    expect(threads.slice(1).join()).toMatch(/ben on messages[^]*ana on chat/);
    expect(passed.slice(7)).toEqual(['Reply as agent-1', 'Reply']);
  });

  it('fits a phone: nothing scrolls sideways at 380 pixels', async () => {
    await page.setViewportSize({ width: 380, height: 800 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(380);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it.each(['light', 'dark'] as const)('has no serious finding of axe: %s', async (colorScheme) => {
    await page.emulateMedia({ colorScheme });
    await page.locator('.thread').getByText('ana').click();
    await page.locator('.band [data-phase]').nth(4).waitFor();
    await page.locator('details').evaluate('(element) => { element.open = true; }');
    expect(await seriousFindings(page)).toEqual([]);
  });

  it('runs no script and asks no server but its own', async () => {
    const policy = (await fetch(world.simulator.url)).headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect((await fetch(`${world.simulator.url}/page/another.js`)).status).toBe(404);
  });
});
