/**
 * The example's assistant on a real Rasa, where one is installed: `BATON_RASA` is the path of its program.
 * Without it this is skipped, and what Rasa says is held only by a server that speaks its protocol.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { asking, madeBot } from '../harness/bots/made-bot.js';
import { runCommand } from '../harness/run-command.js';
import { freePort } from '../../local/free-ports.js';
import { turnOf } from '../harness/turn.js';

const { BATON_RASA: rasa = '' } = process.env;
const waitLimit = 300_000;

function isUp(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}

describe.skipIf(rasa === '')('a real Rasa', () => {
  let folder: string;
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'baton-rasa-'));
    cpSync('docs/examples/rasa/assistant', folder, { recursive: true });
    const trained = await runCommand(rasa, ['train', '--quiet'], { cwd: folder });
    expect(trained.stderr).not.toContain('Error');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const served = ['run', '--port', String(port), '--credentials', 'credentials.yml'];
    server = spawn(rasa, served, { cwd: folder, stdio: 'ignore' });
    await vi.waitUntil(() => isUp(url), { timeout: waitLimit, interval: 500 });
  }, waitLimit);
  afterAll(async () => {
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill();
    await ended;
    rmSync(folder, { recursive: true });
  });

  const answer = (words: string, channel = { kind: 'text', structured: [] as string[] }) =>
    madeBot({ rasa: { url, allowPrivate: true } }).answer(turnOf([words], { channel }), asking());

  it('answers', async () => {
    expect(await answer('hello')).toEqual({ replies: [{ body: 'Hello! I know about parcels.' }] });
  });

  it('offers choices', async () => {
    expect(await answer('choose', { kind: 'messenger', structured: ['select'] })).toMatchObject({
      replies: [{ body: 'Which one?', structured: { type: 'select' } }],
    });
  });

  it('hands over, with a farewell', async () => {
    expect(await answer('human')).toEqual({
      replies: [{ body: 'A colleague takes over.' }],
      handOver: { because: 'customerAsked' },
    });
  });
});
