/**
 * The web chat around the clock, in a real browser: the simulator's demo page with the platform's chat
 * script, and Baton's script from a real ingress. And the script's route by itself.
 */
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../api/app.js';
import { showingAt } from '../../api/web-chat/serve.js';
import { createLog } from '../../runtime/log.js';
import { listen } from '../../runtime/listen.js';
import { parseConfig } from '../../settings/load-config.js';
import { webChatSchema, type WebChat } from '../../settings/web-chat.js';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { triggers } from '../../simulator/seed.js';
import { startSimulator, type Simulator } from '../../simulator/simulator.js';
import { findChromium, noChromium, openChromium } from '../harness/chromium.js';
import { testConfig } from '../harness/test-config.js';
import { eventually, limit } from '../harness/eventually.js';

const nobody = { status: null };
const chat = { source: 'chat', triggerId: triggers.byCode };
const week = { mon: '09:00-18:00', tue: '09:00-18:00' };
const hours = { timeZone: 'Europe/Paris', week };
const secret = 'a-secret-of-the-webhook';
/** A week in which nobody ever works: no days are named. */
const neverOpen = { ...chat, hours: { timeZone: 'Europe/Paris', week: {} } };

type Ingress = { readonly url: string; close(): Promise<void> };

/** The ingress with its own routes; nothing here reaches Temporal. */
async function startIngress(webChat: WebChat | undefined): Promise<Ingress> {
  const refuse = () => Promise.reject(new Error('no thread is reached from a web page'));
  const app = createApp({
    threads: { accept: refuse, obstacles: () => Promise.resolve([]), close: refuse },
    webhookSecrets: [secret],
    verifyToken: 'verify-token',
    isOurs: () => true,
    webChat,
    log: createLog('api', 'silent'),
  });
  const server = await listen(app, { hostname: '127.0.0.1', port: 0, setting: 'no setting' });
  return { url: `http://127.0.0.1:${server.port}`, close: () => server.close() };
}

const open: Ingress[] = [];
async function ingress(webChat: unknown): Promise<string> {
  const started = await startIngress(
    webChat === undefined ? undefined : webChatSchema.parse(webChat),
  );
  open.push(started);
  return `${started.url}/web-chat.js`;
}
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

describe('GET /web-chat.js', () => {
  it('is a script, kept for five minutes, with the trigger and no secret', async () => {
    const response = await fetch(await ingress(chat));
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(response.headers.get('cache-control')).toBe('public, max-age=300');
    const script = await response.text();
    expect(script).toContain(triggers.byCode);
    expect(script).not.toContain(secret);
    expect(script).not.toContain('verify-token');
  });

  it('says when it has not changed', async () => {
    const url = await ingress(chat);
    const etag = (await fetch(url)).headers.get('etag') ?? '';
    const again = await fetch(url, { headers: { 'if-none-match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
    const other = await fetch(url, { headers: { 'if-none-match': '"other"' } });
    expect(other.status).toBe(200);
  });

  it('is not there where no web chat is configured', async () => {
    expect((await fetch(await ingress(undefined))).status).toBe(404);
  });

  const paris = webChatSchema.parse({ ...chat, hours });
  it.each([
    ['Monday morning', '2026-01-12T08:00:00Z', true, null, 300],
    ['a minute before closing', '2026-01-12T16:59:00Z', true, null, 60],
    ['Monday evening', '2026-01-12T20:00:00Z', false, '2026-01-13T08:00:00.000Z', 300],
    ['ten seconds before opening', '2026-01-12T07:59:50Z', false, '2026-01-12T08:00:00.000Z', 10],
    ['in summer', '2026-07-12T20:00:00Z', false, '2026-07-13T07:00:00.000Z', 300],
  ])('%s', (_, now, isOpen, opensAt, keptFor) => {
    const showing = { triggerId: triggers.byCode, isOpen, opensAt };
    expect(showingAt(paris, Date.parse(now))).toEqual({ showing, keptFor });
  });
});

describe('webChat in baton.config.ts', () => {
  it.each([
    ['webChat.source: unknown source', { ...chat, source: 'char' }],
    ['webChat.triggerId', { ...chat, triggerId: '</script>' }],
    ['webChat.hours.timeZone', { ...chat, hours: { ...hours, timeZone: 'Mars/North' } }],
    ['webChat.trigger: unknown setting', { ...chat, trigger: 'x' }],
  ])('refuses, naming it: %s', (problem, webChat) => {
    expect(() => parseConfig({ ...testConfig(), webChat })).toThrow(problem);
  });
});

const chromium = findChromium();

describe.skipIf(!chromium)(`in a browser${chromium ? '' : `: ${noChromium}`}`, () => {
  let browser: Browser;
  let simulator: Simulator;
  let control: SimulatorControl;
  beforeAll(async () => {
    browser = await openChromium(chromium!);
    simulator = await startSimulator({ port: 0, accessToken: 'token' });
    control = connectControl(simulator.url);
  });
  afterAll(async () => {
    await browser.close();
    await simulator.stop();
  });

  async function openPage(): Promise<Page> {
    const page = await browser.newPage();
    page.setDefaultTimeout(limit);
    return page;
  }

  /** The shop's page, when the platform has evaluated its triggers and Baton's script has run. */
  async function visit(script: string, prepare = ''): Promise<{ page: Page; warned: string[] }> {
    const page = await openPage();
    const warned: string[] = [];
    page.on('console', (line) => {
      if (line.type() === 'warning') warned.push(line.text());
    });
    await page.addInitScript(`${prepare}
      window._chatq = [['_onEvent', 'simulator_evaluated', () => { window.evaluated = true; }]];`);
    await page.goto(`${simulator.url}/demo/web-chat?script=${encodeURIComponent(script)}`);
    await page.waitForFunction('window.evaluated && window.batonWebChat');
    // What either has put off until later in the same moment.
    await page.evaluate('new Promise((resolve) => setTimeout(resolve))');
    return { page, warned };
  }
  const windows = (page: Page) => page.locator('.dimelo-chat-window').count();
  const away = () => control.agents({ 'agent-1': nobody, 'agent-2': nobody, 'agent-3': nobody });
  const back = () => control.agents({ 'agent-1': { status: 'available', busyness: 'ok' } });

  it('does not open by the platform alone while no agent is there', async () => {
    await away();
    const { page, warned } = await visit(await ingress(neverOpen));
    expect([await windows(page), warned]).toEqual([0, []]);
    await page.close();
  });

  it('opens although no agent is logged in, and a customer can write', async () => {
    await away();
    const { page, warned } = await visit(await ingress(chat));
    await page.locator('.dimelo-chat-window').waitFor();
    await page.getByLabel('Message').fill('hello');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('.dimelo-chat-window li.customer').getByText('hello').waitFor();
    expect([await windows(page), warned]).toEqual([1, []]);
    await page.close();
  });

  it('opens when it comes after the chat has started', async () => {
    await away();
    const page = await openPage();
    await page.goto(
      `${simulator.url}/demo/web-chat?script=${encodeURIComponent(await ingress(neverOpen))}`,
    );
    await page.waitForFunction('window.Dimelo && window.batonWebChat');
    await page.evaluate('delete window.batonWebChat');
    await page.addScriptTag({ url: await ingress(chat) });
    await page.locator('.dimelo-chat-window').waitFor();
    expect(await windows(page)).toBe(1);
    await page.close();
  });

  it('does not open twice: beside the platform’s own trigger, or when included twice', async () => {
    await back();
    const script = await ingress(chat);
    const { page } = await visit(script);
    await page.addScriptTag({ url: script });
    expect(await windows(page)).toBe(1);
    await page.close();
  });

  it('does not open twice: beside the window of a conversation that goes on', async () => {
    await away();
    const { page } = await visit(await ingress(chat));
    await page.getByLabel('Message').fill('hello');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('li.customer').waitFor();
    await page.reload();
    await page.waitForFunction('window.evaluated && window.batonWebChat');
    await page.locator('li.customer').getByText('hello').waitFor();
    expect(await windows(page)).toBe(1);
    await page.close();
  });

  it('does not open outside the configured hours', async () => {
    await away();
    const { page, warned } = await visit(await ingress(neverOpen));
    expect([await windows(page), warned]).toEqual([0, []]);
    await page.close();
  });

  it('says in the console that a trigger id is wrong, and which there are', async () => {
    await away();
    const { page, warned } = await visit(await ingress({ ...chat, triggerId: 'wrong' }));
    await eventually(() => warned).toEqual([
      `Baton web chat: unknown trigger wrong; expected one of: ${Object.values(triggers).join(', ')}`,
    ]);
    expect(await windows(page)).toBe(0);
    await page.close();
  });

  it('says in the console that the platform’s script is another one', async () => {
    await away();
    const prepare = `Object.defineProperty(window, 'Dimelo', { get: () => ({}), set() {} });`;
    const { page, warned } = await visit(await ingress(chat), prepare);
    await eventually(() => warned.join()).toContain('triggers cannot be reached');
    await page.close();
  });
});
