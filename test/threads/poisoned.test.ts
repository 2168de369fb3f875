/**
 * Threads that a release cannot replay: they are stuck, and say so by log, metric and `baton repair`, which
 * begins them anew from the platform's own record. The customer is answered, once.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../../local/free-ports.js';
import { parseText } from '../../runtime/metrics/text.js';
import { domainId } from '../../simulator/seed.js';
import { build } from '../../worker/bundle.js';
import { firing, ruleOf, type Scrape } from '../deploy/firing.js';
import { Conversation } from '../harness/conversation.js';
import { eventually } from '../harness/eventually.js';
import { operators, tokens } from '../harness/operators.js';
import { runCommand } from '../harness/run-command.js';
import { testConfig } from '../harness/test-config.js';
import { startWorkerProcess, type WorkerProcess } from '../harness/worker-process.js';
import { startWorld, type World } from '../harness/world.js';

const folder = mkdtempSync(join(tmpdir(), 'baton-poisoned-'));
let world: World;
let poisoned: WorkerProcess;
let healthUrl: string;
let ana: Conversation;
const scrapes: Scrape[] = [];

beforeAll(async () => {
  world = await startWorld({ withoutWorker: true, config: { ...testConfig(), operators } });
  const from = fileURLToPath(new URL('../chaos/next-version/unguarded.ts', import.meta.url));
  const bundle = await build(join(folder, 'unguarded.js'), { from });
  const port = await freePort();
  healthUrl = `http://127.0.0.1:${port}`;

  const good = await startWorkerProcess(world);
  ana = new Conversation(world);
  await ana.says('hello');
  await ana.untilBotSaid(1);
  await ana.untilQuiet();
  await good.end();
  poisoned = await startWorkerProcess(world, 'worker/main.ts', {
    BATON_WORKFLOW_BUNDLE: bundle,
    BATON_WORKER_HEALTH_PORT: `${port}`,
    BATON_LOG_LEVEL: 'warn',
  });
  await scrape();
  await ana.says('where is my parcel?');
});
afterAll(async () => {
  await poisoned.kill();
  await world.stop();
  rmSync(folder, { recursive: true });
});

async function scrape(): Promise<Scrape> {
  const text = await (await fetch(`${healthUrl}/metrics`)).text();
  const scraped = { at: Date.now(), samples: parseText(text) };
  scrapes.push(scraped);
  return scraped;
}

function logged(): readonly Record<string, unknown>[] {
  const lines = poisoned.said().split('\n');
  return lines
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function repair(...args: readonly string[]) {
  const env = {
    ...process.env,
    BATON_URL: new URL('/', world.webhookUrl).href,
    BATON_TOKEN: tokens.olga,
  };
  return runCommand(process.execPath, ['cli/baton.mjs', 'repair', ...args], { env });
}

it('are named in the log, with the cause, and counted', async () => {
  const workflowId = `thread:${domainId}:${ana.thread}`;
  await eventually(logged).toContainEqual(
    expect.objectContaining({
      ...{ level: 'error', msg: 'workflow task failed', workflowId, cause: 'nondeterminism' },
    }),
  );
  const failed = async () => {
    return (await scrape()).samples.find(
      ({ name, labels }) =>
        name === 'baton_workflow_task_failures_total' && labels['cause'] === 'nondeterminism',
    )?.value;
  };
  await eventually(failed).toBeGreaterThan(0);
});

it('fire the alert on stuck threads, although it is only one', async () => {
  const firesNow = async () => {
    await scrape();
    return firing(ruleOf('BatonThreadsStuck'), scrapes).at(-1);
  };
  await eventually(firesNow).toEqual(['cause=nondeterminism']);
  // Negative control: the SDK logs the first attempts only, so a count of lines would never ring.
  expect(logged().filter(({ msg }) => msg === 'workflow task failed').length).toBeLessThan(3);
});

it('are listed, and nothing is done without --yes', async () => {
  await eventually(async () => (await repair()).stdout).toMatch(
    /stuck +NON_DETERMINISTIC_ERROR, \d+ attempts\n1 of \d+ threads are broken/,
  );
  expect((await repair()).stdout).toContain(`${domainId}:${ana.thread}`);
  expect((await repair('--yes')).stderr).toContain('--yes needs --why');
  expect(await ana.botSaid()).toEqual(['Welcome!']);
});

it('are rebuilt with --yes: the customer is answered once', async () => {
  const done = await repair('--yes', '--why', 'release v3 cannot replay', '--per-minute', '6000');
  expect(done).toMatchObject({ status: 0, stdout: '1 done, 0 refused\n' });
  // The bot's memory is lost: it greets again.
  expect(await ana.untilBotSaid(3)).toEqual(['Welcome!', 'Welcome!', 'It arrives tomorrow.']);
  await ana.untilQuiet();
  const { attention, decisions } = await ana.card();
  expect(attention).toEqual([]);
  expect(decisions.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['runEnded', 'rebuilt']),
  );
  expect((await repair()).stdout).toMatch(/^0 of \d+ threads are broken$/m);
  const id = `${domainId}:${ana.thread}`;
  const url = new URL(`/operator/threads/${id}/repair`, world.webhookUrl);
  const headers = { authorization: `Bearer ${tokens.olga}`, 'content-type': 'application/json' };
  const again = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ why: 'x' }) });
  expect([again.status, await again.json()]).toMatchObject([409, { message: 'its run works' }]);
});
