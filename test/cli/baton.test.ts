/** `npx baton`, as an operator types it, against a running system. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ThreadList, Timeline } from '../../api/operator/answers.js';
import { domainId } from '../../simulator/seed.js';
import { Conversation } from '../harness/conversation.js';
import { caller, operators, tokens } from '../harness/operators.js';
import { runCommand, type Ran } from '../harness/run-command.js';
import { testConfig } from '../harness/test-config.js';
import { secrets, startWorld, type World } from '../harness/world.js';
import { eventually } from '../harness/eventually.js';

let world: World;
let call: ReturnType<typeof caller>;

beforeAll(async () => {
  world = await startWorld({ config: { ...testConfig({ engageTimeout: '1m' }), operators } });
  call = caller(world.webhookUrl);
});
afterAll(() => world.stop());

/** Through the program `npx` runs; typed again where Temporal has not answered in time. */
async function baton(args: readonly string[], token: string = tokens.olga): Promise<Ran> {
  const url = new URL('/', world.webhookUrl).href;
  for (;;) {
    const ran = await runCommand(process.execPath, ['cli/baton.mjs', ...args], {
      env: { ...process.env, BATON_URL: url, BATON_TOKEN: token },
    });
    if (!ran.stderr.includes('did not answer')) return ran;
  }
}

async function begun(): Promise<{ conversation: Conversation; id: string }> {
  const conversation = new Conversation(world);
  await conversation.says('hello');
  await conversation.untilBotSaid(1);
  await conversation.untilQuiet();
  return { conversation, id: `${domainId}:${conversation.thread}` };
}

/** Searches lag behind. */
async function untilFound(id: string, query: string): Promise<void> {
  const found = () => call('olga', 'get', `/operator/threads?${query}`);
  await eventually(async () => JSON.stringify(await found())).toContain(id);
}

it('lists threads, for people and for programs', async () => {
  const { id } = await begun();
  await untilFound(id, 'phase=bot');
  expect((await baton(['threads', '--phase', 'bot'])).stdout).toContain(id);
  await untilFound(id, 'source=chat');
  const { stdout } = await baton(['threads', '--json', '--source', 'chat']);
  expect((JSON.parse(stdout) as ThreadList).threads.map((one) => one.id)).toContain(id);
});

it('says why, takes over with who and why, and refuses what is illegal', async () => {
  const { conversation, id } = await begun();
  expect((await baton(['why', id])).stdout).toContain('The bot waits for the customer.');
  const taken = await baton(['take-over', id, '--why', 'a complaint']);
  expect(taken.stdout).toContain('operator olga: a complaint');
  expect(await conversation.phase()).toBe('agent');
  const refused = await baton(['take-over', id, '--why', 'again']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toContain('not possible in phase agent');
  const story = JSON.parse((await baton(['why', id, '--json'])).stdout) as Timeline;
  expect(story.phases.map(({ phase }) => phase)).toEqual(['bot', 'agent']);
  expect((await baton(['show', id])).stdout).toContain('possible');
});

it.concurrent(
  'with a token several people have, the history has the name of who is at the machine',
  async () => {
    const { conversation, id } = await begun();
    const given = ['pause-bot', id, '--for', '10m', '--why', 'wrong prices'];
    const paused = await baton(given, secrets.BATON_OPERATOR_TOKEN);
    expect(paused).toMatchObject({ status: 0, stderr: '' });
    const { decisions } = await conversation.card();
    const pause = decisions.find((one) => one.code === 'botPaused');
    expect(pause?.why).toMatch(/^operator \S+: wrong prices$/);
  },
);

it('an emergency is only counted without --yes', async () => {
  await begun();
  const counted = await baton(['emergency', 'declare', '--source', 'chat', '--why', 'nonsense']);
  expect(counted.stdout).toContain('dry run, nothing was changed: add --yes to apply it');
  expect((await baton(['emergency'])).stdout).toContain('none');
});

it('takes many threads by phase and source: first counted, then done, with refusals named', async () => {
  const some = await Promise.all([begun(), begun(), begun()]);
  for (const { id } of some) await untilFound(id, 'phase=bot');
  const given = ['ask-handover', '--phase', 'bot', '--source', 'chat', '--why', 'wrong answers'];
  const counted = await baton(given);
  expect(counted.stdout).toMatch(/^\d+ threads; with --yes: ask-handover$/m);
  expect(await some[0].conversation.phase()).toBe('bot');

  const done = await baton([...given, '--yes', '--per-minute', '6000']);
  expect(done.stdout).toMatch(/\d+ done, \d+ refused/);
  for (const { conversation } of some) await conversation.untilPhase('handover');
  const wrong = await baton(['close', '--why', 'all of them?']);
  expect(wrong).toMatchObject({ status: 1, stdout: '' });
  expect(wrong.stderr).toContain('expected a thread, or a filter such as --phase');
});

describe.concurrent('without anybody behind it', () => {
  it.each([
    [['--help'], 0, 'check-config'],
    [['threads', '--help'], 0, '--attention'],
    [['frobnicate'], 2, 'unknown command'],
    [['take-over', 'x'], 2, '--why'],
    [['emergency', 'declare', '--why', 'x'], 1, '--all, --source NAME, --bot NAME'],
    [['check-config'], 0, 'The bot parcels answers'],
    [['check-config', 'package.json'], 1, 'package.json'],
    [['token', 'olga', '--role', 'god'], 1, 'viewer, operator, admin'],
    [['token', 'olga', '--role', 'viewer'], 0, 'tokenSha256'],
  ])('baton %j: ends with %i, saying %s', async (args, status, words) => {
    const ended = await baton(args);
    expect({ status: ended.status, said: ended.stdout + ended.stderr }).toEqual({
      status,
      said: expect.stringContaining(words) as string,
    });
  });

  it('an ingress that does not answer is named', async () => {
    const env = { ...process.env, BATON_URL: 'http://127.0.0.1:9', BATON_TOKEN: 'x' };
    const ended = await runCommand(process.execPath, ['cli/baton.mjs', 'threads'], { env });
    expect(ended.status).toBe(1);
    expect(ended.stderr).toContain('http://127.0.0.1:9 does not answer');
  });
});
