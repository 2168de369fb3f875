/** The console in a real browser, as a test's team lead uses it. */
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { eventually, limit } from './eventually.js';
import { root } from './source-files.js';
import { secrets, type World } from './world.js';

/** As the tests' operator logs in. */
export const lead = 'Olga';

export type Console = {
  readonly page: Page;
  /** The address of a path below `/console`. */
  readonly at: (path: string) => string;
  /** What the browser refused because of the page's own policy, and what failed in its script. */
  readonly refused: readonly string[];
};

export async function openConsole(
  browser: Browser,
  world: Pick<World, 'webhookUrl'>,
  options: BrowserContextOptions = {},
): Promise<Console> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(limit);
  const refused: string[] = [];
  page.on('pageerror', (error) => refused.push(error.message));
  page.on('console', (line) => {
    if (/Content Security Policy/.test(line.text())) refused.push(line.text());
  });
  const at = (path: string) => new URL(`/console${path}`, world.webhookUrl).href;
  await page.goto(at(''));
  return { page, at, refused };
}

export async function logIn(page: Page, token: string = secrets.BATON_OPERATOR_TOKEN) {
  await page.getByLabel('Operator token').fill(token);
  await page.getByLabel(/^Your name/).fill(lead);
  await page.getByRole('button', { name: 'Log in' }).click();
}

export async function openLoggedIn(
  browser: Browser,
  world: Pick<World, 'webhookUrl'>,
  options: BrowserContextOptions = {},
): Promise<Console> {
  const opened = await openConsole(browser, world, options);
  await logIn(opened.page);
  await opened.page.getByRole('navigation', { name: 'Pages', exact: true }).waitFor();
  return opened;
}

/**
 * Presses what sends a dialog off, and waits until it has gone. Where Baton did not answer in time the dialog
 * says so, and it is pressed again, as a person does.
 */
export async function send(dialog: Locator, button: Locator): Promise<void> {
  await button.click();
  await eventually(async () => {
    if ((await dialog.count()) === 0) return 'sent';
    const wrong = (await dialog.getByRole('alert').allInnerTexts()).join('');
    if (wrong !== '' && (await button.isEnabled())) await button.click();
    return wrong;
  }).toBe('sent');
}

/** With `BATON_PICTURES` set, for the documentation. */
export async function picture(page: Page, name: string): Promise<void> {
  if (!process.env['BATON_PICTURES']) return;
  await page.screenshot({ path: join(root, 'docs/pictures', `${name}.png`) });
}
