/** `npm run chat`: a conversation piped into a terminal chat, as an author of a bot has it. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../harness/source-files.js';

type Ran = { readonly status: number | null; readonly lines: readonly string[] };

/** @param until what is printed before the rest is typed */
function talk(
  args: readonly string[],
  said: readonly string[],
  until?: { readonly printed: string; readonly rest: readonly string[] },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn('npm', ['run', '--silent', 'chat', '--', ...args], { cwd: root });
    const typed = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');
    let printed = '';
    let rest = until?.rest;
    const handleEvent = (text: string) => {
      printed += text;
      if (!rest || !printed.includes(until?.printed ?? '')) return;
      child.stdin.end(typed(rest));
      rest = undefined;
    };
    child.stdout.setEncoding('utf8').on('data', handleEvent);
    child.stderr.setEncoding('utf8').on('data', handleEvent);
    // Who is refused reads nothing of what is typed.
    child.stdin.on('error', () => undefined);
    child.once('error', reject);
    child.once('close', (status) => resolve({ status, lines: printed.trimEnd().split('\n') }));
    child.stdin.write(typed(said));
    if (!rest) child.stdin.end();
  });
}

/** What was said, without what was decided. */
function spoken({ lines }: Ran): readonly string[] {
  return lines.filter((line) => /^(you|bot|agent): /.test(line));
}

describe.concurrent('npm run chat', () => {
  it('the parcels bot answers and hands over, and an agent takes it from there', async () => {
    const ran = await talk(
      ['bots/parcels.yaml'],
      ['where is my parcel?', 'a human please', '/agent Good morning.'],
      { printed: '-- agent (agentEngaged)', rest: ['/why', '/close', '/quit', 'x'] },
    );
    expect(ran.status, ran.lines.join('\n')).toBe(0);
    expect(spoken(ran)).toEqual([
      'you: where is my parcel?',
      expect.stringMatching(/^bot: Hello!/),
      'bot: Your parcel left our warehouse this morning and arrives tomorrow.',
      'you: a human please',
      'bot: I am handing you over to a colleague. One moment, please.',
      'agent: Good morning.',
    ]);
    const decided = ran.lines.filter((line) => line.startsWith('-- '));
    expect(decided).toContain('-- handover (customerAsked)');
    expect(decided).toContain('-- agent (agentEngaged)');
    expect(decided.some((line) => line.startsWith('-- agent: '))).toBe(true);
  });

  it('the example of a scripted bot asks for what it needs, and offers choices', async () => {
    const ran = await talk(
      ['docs/examples/scripted/baton.config.ts'],
      ['my order', 'no idea', '123456', 'a refund', '2'],
    );
    expect(ran.status, ran.lines.join('\n')).toBe(0);
    expect(spoken(ran)).toEqual([
      'you: my order',
      'bot: Hello! I am the bot of the corner shop.',
      'bot: What is your order number?',
      'you: no idea',
      'bot: It has six digits, please look again.',
      'you: 123456',
      'bot: Order 123456 arrives tomorrow.',
      'you: a refund',
      'bot: Why do you want your money back?',
      'you: 2',
      'bot: A colleague takes over.',
    ]);
    expect(ran.lines).toContain('2. It came too late');
    expect(ran.lines).toContain('-- handover (customerAsked)');
  });

  it('a wrong file is refused by its fields, before anything starts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'baton-bot-'));
    const file = join(folder, 'wrong.yaml');
    writeFileSync(file, 'greet: hello\nanswer: []\n');
    const ran = await talk([file], ['hello']);
    rmSync(folder, { recursive: true });
    expect(ran.status).toBe(1);
    expect(ran.lines.join('\n')).toContain('bots.wrong.scripted.answer: unknown setting');
    expect(ran.lines.join('\n')).not.toContain('One moment');
  });

  it('a source that is not there is refused, and those there are are named', async () => {
    const ran = await talk(['docs/examples/scripted/baton.config.ts', 'fax'], ['hello']);
    expect(ran.status).toBe(1);
    expect(ran.lines.join('\n')).toContain('sources.fax: unknown source; configured sources: chat');
  });
});
