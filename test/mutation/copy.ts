/**
 * A copy of the repository on which mutants are tested one after the other, so that an interrupted run leaves the
 * sources as they were. A run without news of any test file for too long ends with all of its processes: a mutant may
 * be an endless loop.
 */
import { execFileSync, fork, type ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { applyMutant, type Mutant } from './mutants.js';
import type { News, Run } from './warm-tests.js';

export type Outcome = {
  readonly is: 'passed' | 'failed' | 'timedOut';
  /** The test file that noticed. */
  readonly by?: string;
  /** Milliseconds by test file, of those that ended. */
  readonly took: Readonly<Record<string, number>>;
};

/** Milliseconds without any news; the slowest file takes a sixth of it on an idle core. */
const silenceLimit = 40_000;

export class Copy {
  readonly #folder: string;
  #child: ChildProcess | undefined;

  /** @param place Name of the folder below `.baton/mutants`. */
  constructor(place: string) {
    this.#folder = resolve('.baton/mutants', place);
    rmSync(this.#folder, { recursive: true, force: true });
    mkdirSync(this.#folder, { recursive: true });
    const list = ['ls-files', '--cached', '--others', '--exclude-standard'];
    const paths = execFileSync('git', list, { encoding: 'utf8' }).trim().split('\n');
    for (const path of paths) cpSync(path, join(this.#folder, path), { recursive: true });
    symlinkSync(resolve('node_modules'), join(this.#folder, 'node_modules'));
  }

  /** What these tests, in this order, say about the mutant; without one, about the sources as they are. */
  async test(tests: readonly string[], mutant?: Mutant): Promise<Outcome> {
    if (!mutant) return this.#run({ tests });
    const source = readFileSync(mutant.file, 'utf8');
    const changed = join(this.#folder, mutant.file);
    writeFileSync(changed, applyMutant(source, mutant));
    try {
      return await this.#run({ tests, changed: mutant.file });
    } finally {
      writeFileSync(changed, source);
      await this.#run({ tests: [], changed: mutant.file });
    }
  }

  /** Ends the process and those of its tests. */
  close(): void {
    const { pid } = this.#child ?? {};
    this.#child = undefined;
    // The group: the tests run in a process of their own.
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  }

  async #run(run: Run): Promise<Outcome> {
    const child = (this.#child ??= this.#start());
    const took: Record<string, number> = {};
    const failed: string[] = [];
    return new Promise((resolve) => {
      const end = (is: Outcome['is']) => {
        clearTimeout(timer);
        child.off('message', take).off('exit', ended);
        const [by] = failed;
        resolve({ is, took, ...(by !== undefined && { by }) });
      };
      const late = () => {
        this.close();
        end('timedOut');
      };
      const ended = () => {
        this.#child = undefined;
        end('failed');
      };
      const take = (news: News) => {
        timer.refresh();
        if (news.is === 'done') end(news.ok ? 'passed' : 'failed');
        else if (news.ok) took[news.test] = news.took;
        else failed.push(news.test);
      };
      const timer = setTimeout(late, silenceLimit);
      child.on('message', take).on('exit', ended).send(run);
    });
  }

  #start(): ChildProcess {
    return fork('test/mutation/warm-tests.ts', [], {
      ...{ cwd: this.#folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], detached: true },
      execArgv: ['--import', 'tsx'],
    });
  }
}
