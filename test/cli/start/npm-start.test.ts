/**
 * `npm start` as a stranger runs it: it plays a conversation, can be looked into, ends without a trace
 * by Ctrl-C, and the next start continues in the same thread.
 *
 * With `BATON_PICTURES=1` (`npm run pictures`) the same run makes the README's pictures.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { terminalSvg } from '../../pictures/terminal-svg.js';
import { connectControl } from '../../../simulator/control-client.js';
import { findChromium, noChromium, openChromium } from '../../harness/chromium.js';
import { freePorts } from '../../../local/free-ports.js';
import { alive, familyOf } from '../../harness/processes.js';
import { runCommand } from '../../harness/run-command.js';
import { root } from '../../harness/source-files.js';
import { copyOfBaton, type Copy, type NpmRun } from '../../harness/stranger.js';
import { eventually, limit } from '../../harness/eventually.js';

const isPicturing = process.env['BATON_PICTURES'] === '1';
const pictures = join(root, 'docs/pictures');
const chromium = findChromium();

let copy: Copy;
let ports: Readonly<Record<string, string>>;
let run: NpmRun;
/** Of the Temporal UI, at the thread. */
let link = '';
let browser: Browser | undefined;

const lastLine = /^ {2}logs .*\n/m;
const isUp = async (starting: NpmRun) => {
  await starting.until(lastLine);
  return /Temporal UI {2}(\S+)/.exec(starting.printed)?.[1] ?? '';
};

async function ownPorts(): Promise<Readonly<Record<string, string>>> {
  const roles = ['API', 'SIMULATOR', 'TEMPORAL', 'TEMPORAL_UI', 'WORKER_HEALTH'];
  const names = roles.map((name) => `BATON_${name}_PORT`);
  const free = await freePorts(names.length);
  return Object.fromEntries(names.map((name, index) => [name, String(free[index])]));
}

async function openPage(executablePath: string): Promise<Page> {
  browser ??= await openChromium(executablePath);
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.setDefaultTimeout(limit);
  return page;
}

beforeAll(async () => {
  copy = await copyOfBaton();
  // Pictures show the ports that a reader will see.
  ports = isPicturing ? {} : await ownPorts();
  run = copy.npm(['start'], { ...ports, ...(isPicturing && { FORCE_COLOR: '1' }) });
  link = await isUp(run);
});

afterAll(async () => {
  await browser?.close();
  await copy.remove();
});

describe('npm start', () => {
  it('sets itself up and says what runs', () => {
    const said = run.printed.slice(run.printed.indexOf('Set-up'));
    const order = ['Set-up\n  Temporal: ', 'Starting\n', 'Temporal runs', 'simulator runs'];
    expect(inOrder(said, [...order, 'ingress runs', 'worker runs'])).toEqual([]);
  });

  it('plays a conversation, turn by turn, through every phase', () => {
    const story = [
      'customer  Hello! Where is my parcel?',
      'phase: bot (the customer wrote)',
      'bot       Your parcel',
      'now the worker is killed (SIGKILL)',
      'customer  And what are your opening hours?',
      'bot       We are open',
      'customer  Thanks. But I would rather talk to a human.',
      'phase: handover (the customer asked for a person)',
      'bot       I am handing you over',
      'agent     Good morning',
      'phase: agent (',
      'customer  My parcel is blue.',
      'the bot is silent: a human has the thread',
      'agent     It does',
      'phase: closed (',
      'customer  One more thing',
      'phase: bot (',
      'bot       We are open',
    ];
    expect(inOrder(run.printed, story), run.printed).toEqual([]);
    // Four questions, a greeting, a handover, and not a word between a human's words.
    expect(run.printed.match(/^ {2}bot {7}/gm)).toHaveLength(5);
  });

  it('says where to look, and there it is', async () => {
    const { BATON_API_PORT: api = '8080', BATON_SIMULATOR_PORT: simulator = '8090' } = ports;
    expect(run.printed).toContain(`ingress      http://127.0.0.1:${api}/webhooks/engage`);
    expect(run.printed).toMatch(
      new RegExp(`next .* continues\\.\n {2}simulator {4}http://127.0.0.1:${simulator}/ .*agent`),
    );
    const answers = [`${api}/readyz`, `${simulator}/`].map(async (at) => {
      const response = await fetch(`http://127.0.0.1:${at}`);
      return response.status;
    });
    expect(await Promise.all(answers)).toEqual([200, 200]);
    expect(await typedPhase()).toBe('bot');
    if (isPicturing) recordTerminal();
  });

  it('shows on the simulator’s page who has the thread, and leads to the Temporal UI', async (context) => {
    if (!chromium) return context.skip(noChromium);
    const page = await openPage(chromium);
    await page.goto(`http://127.0.0.1:${ports['BATON_SIMULATOR_PORT'] ?? '8090'}/`);
    await page.locator('.thread').getByText('ana').click();
    await page.locator('.band [data-phase=bot][aria-current=true]').waitFor();
    expect(await page.getByRole('link', { name: 'Temporal UI' }).getAttribute('href')).toBe(link);
    await page.close();
  });

  it('shows the thread in the Temporal UI: phase, why, deadline', async (context) => {
    if (!chromium) return context.skip(noChromium);
    const page = await openPage(chromium);
    await lookAtThread(page);
    await page.close();
  });

  it('ends every process in order by Ctrl-C', async () => {
    const control = connectControl(`http://127.0.0.1:${ports['BATON_SIMULATOR_PORT'] ?? '8090'}`);
    const words = { source: 'chat', identity: 'ana', body: 'a human please' };
    const { thread_id: thread } = await control.customer(words);
    const lastBy = async () => (await control.record(thread)).contents.at(-1)?.by;
    await eventually(lastBy).toMatch(/^bot:/);
    await eventually(typedPhase).toBe('handover');

    const family = await familyOf(run.pid);
    expect(family.length).toBeGreaterThanOrEqual(6);
    run.interrupt();
    expect(await run.ended).toBe(0);
    const order = ['api', 'worker', 'simulator', 'temporal'].map((role) => `${role} has ended`);
    expect(inOrder(run.printed, ['Ending', ...order])).toEqual([]);
    await eventually(() => alive(family)).toEqual([]);
  });

  it('continues in the same thread when it is started again', async () => {
    // The workflows have not changed since the first start bundled them.
    run = copy.npm(['start'], { ...ports, BATON_WORKFLOW_BUNDLE: inject('workflowBundle') });
    expect(await isUp(run)).toBe(link);
    const story = [
      'continuing where the last start stopped, in the same thread',
      'meanwhile it was handed over to an agent',
      'phase: agent (',
      'phase: closed (',
      'customer  Hello again! Where is my parcel now?',
      'bot       Your parcel',
    ];
    expect(inOrder(run.printed, story), run.printed).toEqual([]);
    expect(run.printed).not.toContain('One more thing');

    // A supervisor signals npm alone, and nothing stays either.
    const family = await familyOf(run.pid);
    run.terminate();
    expect(await run.ended).toBe(0);
    await eventually(() => alive(family)).toEqual([]);
  });
});

/** What is missing, each looked for after the one before. */
function inOrder(text: string, wanted: readonly string[]): readonly string[] {
  let from = 0;
  return wanted.filter((one) => {
    const found = text.indexOf(one, from);
    if (found >= 0) from = found + one.length;
    return found < 0;
  });
}

/** The thread's phase, by the command that was printed for typing it. */
async function typedPhase(): Promise<string> {
  const command = /^ {2}phase {3}(.*)$/m.exec(run.printed)?.[1] ?? 'false';
  const { stdout } = await runCommand('sh', ['-c', command]);
  return /QueryResult +"(\w+)"/.exec(stdout)?.[1] ?? stdout;
}

async function lookAtThread(page: Page): Promise<void> {
  await page.goto(link);
  await page.getByText('Search Attributes', { exact: true }).click();
  const attributes = page
    .getByText('"BatonPhase"')
    .locator('xpath=ancestor::*[contains(., "}")][1]');
  await attributes.waitFor();
  expect(await attributes.innerText()).toMatch(/"BatonPhase":\s*"bot"/);

  await page.getByText('User Metadata', { exact: true }).click();
  // The UI shows what a workflow says of itself in frames, away from its own page.
  const shown = async () => {
    const frames = page.frames().map((frame) => frame.locator('body').innerText());
    return (await Promise.all(frames)).join('\n');
  };
  await eventually(shown).toContain('Owner: the bot');
  for (const detail of [
    'bot since',
    'Why: the customer returned',
    'Next deadline: customer-silence',
  ]) {
    expect(await shown()).toContain(detail);
  }
  if (!isPicturing) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, 'temporal-ui.png') });
}

/** What the run printed until it was up, when it did, without what is only so on this machine. */
function recordTerminal(): void {
  const said = run.lines.filter(({ text }) => !text.startsWith('> '));
  const begins = said.findIndex(({ text }) => text === 'Set-up');
  const lines = said.slice(begins).map(({ text, at }) => ({
    text: text
      .replaceAll(copy.path, '.')
      .replaceAll(homedir(), '~')
      .replace(/#token=\S+/, '#token=…'),
    at,
  }));
  const title = 'npm start: the bot answers, a human takes over, the bot is back';
  mkdirSync(pictures, { recursive: true });
  const svg = terminalSvg({ title, command: 'npm start', lines });
  writeFileSync(join(pictures, 'npm-start.svg'), svg);
}
