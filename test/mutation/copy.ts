/**
 * A copy of the repository on which mutants are tested, so that an interrupted run leaves the sources as they were.
 * A run that takes too long ends with all of its processes: a mutant may be an endless loop.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyMutant, type Mutant } from './mutants.js';

export type Outcome = 'passed' | 'failed' | 'timedOut';

/** Milliseconds. */
const timeout = 180_000;

export class Copy {
  readonly #folder = resolve('.baton/mutants');

  constructor() {
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    const list = ['ls-files', '--cached', '--others', '--exclude-standard'];
    const paths = execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n');
    for (const path of paths) cpSync(path, join(this.#folder, path), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.#folder, 'node_modules'));
  }

  /** What the tests say about this mutant; without one, about the sources as they are. */
  async test(files: readonly string[], mutant?: Mutant): Promise<Outcome> {
    if (!mutant) return this.#run(files);
    const source = readFileSync(mutant.file, 'utf8');
    const changed = join(this.#folder, mutant.file);
    writeFileSync(changed, applyMutant(source, mutant));
    try {
      return await this.#run(files);
    } finally {
      writeFileSync(changed, source);
    }
  }

  async #run(files: readonly string[]): Promise<Outcome> {
    const options = ['--bail=1', '--reporter=dot', '--config', 'test/mutation/vitest.config.ts'];
    const child = spawn('node_modules/.bin/vitest', ['run', ...options, ...files], {
      ...{ cwd: this.#folder, stdio: 'ignore', detached: true },
    });
    const late = new AbortController();
    const timer = setTimeout(() => {
      late.abort();
      // The group: the tests run in a process of their own.
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    }, timeout);
    const [status] = (await once(child, 'exit')) as [number | null];
    clearTimeout(timer);
    if (late.signal.aborted) return 'timedOut';
    return status === 0 ? 'passed' : 'failed';
  }
}
