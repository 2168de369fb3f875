/**
 * Baton as a stranger has it: a copy of what is, or will be, in the repository, and npm run in it from a
 * bare environment. Only the installed packages are shared with the checkout.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { read, root } from './source-files.js';
import { runCommand } from './run-command.js';

/** What a shell has before anybody has set anything for Baton. */
const bare = ['PATH', 'HOME', 'XDG_CACHE_HOME', 'TMPDIR', 'LANG'];

export type Copy = {
  readonly path: string;
  npm(args: readonly string[], env?: Readonly<Record<string, string>>): NpmRun;
  /** Ends what still runs in it. */
  remove(): Promise<void>;
};

export async function copyOfBaton(): Promise<Copy> {
  const wanted = createHash('sha256').update(read('package-lock.json')).digest('hex');
  const stamp = join(root, 'node_modules/.baton-lock-sha256');
  // Otherwise `npm ci` would run in the copy, and empty the folder that is shared.
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    throw new Error('the installed packages are not those of package-lock.json: run npm test once');
  }
  const path = mkdtempSync(join(tmpdir(), 'baton-stranger-'));
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const { stdout } = await runCommand('git', list, { cwd: root });
  const files = stdout.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  for (const file of files) cpSync(join(root, file), join(path, file));
  symlinkSync(join(root, 'node_modules'), join(path, 'node_modules'));
  const runs: NpmRun[] = [];
  return {
    path,
    npm: (args, env = {}) => {
      const run = new NpmRun(args, path, env);
      runs.push(run);
      return run;
    },
    async remove() {
      for (const run of runs) run.interrupt();
      await Promise.all(runs.map(({ ended }) => ended));
      rmSync(path, { recursive: true, force: true });
    },
  };
}

export type Printed = { readonly text: string; readonly at: number };

/** npm at work in a process group of its own, as a terminal starts it. */
export class NpmRun {
  /** Each line, when it was complete. */
  readonly lines: Printed[] = [];
  /** Resolves with its exit status, or the signal it died of. */
  readonly ended: Promise<number | string>;
  readonly #process: ChildProcess;
  readonly #watchers = new Set<() => void>();
  #printed = '';

  constructor(args: readonly string[], cwd: string, env: Readonly<Record<string, string>>) {
    const shell = Object.entries(process.env).filter(([name]) => bare.includes(name));
    this.#process = spawn('npm', args, {
      cwd,
      env: { ...Object.fromEntries(shell), ...env },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const began = Date.now();
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      let rest = '';
      stream?.setEncoding('utf8').on('data', (chunk: string) => {
        this.#printed += stripVTControlCharacters(chunk);
        const complete = (rest + chunk).split('\n');
        rest = complete.pop() ?? '';
        const at = Date.now() - began;
        if (stream === this.#process.stdout)
          for (const text of complete) this.lines.push({ text, at });
        for (const look of this.#watchers) look();
      });
    }
    this.ended = new Promise((resolve) => {
      this.#process.once('close', (status, signal) => {
        resolve(status ?? signal ?? 'unknown');
        for (const look of this.#watchers) look();
      });
    });
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Everything it has said, without colours. */
  get printed(): string {
    return this.#printed;
  }

  /** Resolves with the match when it has printed this; rejects when it ends before or takes too long. */
  until(pattern: RegExp, timeout = 240_000): Promise<RegExpExecArray> {
    return new Promise((resolve, reject) => {
      const end = (outcome: () => void) => {
        this.#watchers.delete(look);
        clearTimeout(timer);
        outcome();
      };
      const fail = (why: string) => () =>
        reject(new Error(`${String(pattern)}: ${why}\n${this.printed}`));
      const look = () => {
        const match = pattern.exec(this.printed);
        if (match) end(() => resolve(match));
        else if (this.#hasEnded) end(fail('it has ended'));
      };
      const timer = setTimeout(() => end(fail('not printed in time')), timeout);
      this.#watchers.add(look);
      look();
    });
  }

  /** Ctrl-C: the terminal signals the whole group. */
  interrupt(): void {
    if (!this.#hasEnded) process.kill(-this.pid, 'SIGINT');
  }

  /** A supervisor's way: the one process it has started. */
  terminate(): void {
    this.#process.kill('SIGTERM');
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }
}
