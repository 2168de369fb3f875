/**
 * A program of the cluster in a process of its own. It is killed as a power cut would, with everything it
 * has started and without a word, and started again as it was.
 */
import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Stage } from '../bench/bench.js';
import { familyOf, untilGone } from './family.js';

/** What is opened is ended by it, newest first. */
export type Ending = Pick<Stage, 'atTheEnd'>;

export type User = { readonly uid: number; readonly gid: number };

export type ProgramOptions = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** Where it says what it has to say. */
  readonly logPath: string;
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** Not ours, where we are root and it must not be. */
  readonly user?: User | undefined;
  /** Resolves when it does its work; asked anew after each start. */
  readonly ready: (child: ChildProcess) => Promise<unknown>;
};

export class Program {
  readonly #options: ProgramOptions;
  #child: ChildProcess | undefined;

  private constructor(options: ProgramOptions) {
    this.#options = options;
  }

  /** Started, and killed at the end of the run. */
  static async opened(stage: Ending, options: ProgramOptions): Promise<Program> {
    const program = new Program(options);
    stage.atTheEnd(() => program.kill());
    await program.start();
    return program;
  }

  get name(): string {
    return this.#options.name;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    const child = this.#child;
    return child && child.exitCode === null && child.signalCode === null ? child.pid : undefined;
  }

  /** Resolves when it does its work. @throws when it ends instead, with its last words */
  async start(): Promise<void> {
    const { name, command, args, ready } = this.#options;
    const child = spawn(command, args, this.#spawnOptions());
    this.#child = child;
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => {
        reject(
          new Error(`${name} ended (${signal ?? `status ${code ?? '?'}`}): ${this.lastWords()}`),
        );
      });
    });
    ended.catch(() => undefined);
    await Promise.race([ready(child), ended]);
  }

  #spawnOptions(): SpawnOptions {
    const { command, logPath, env = process.env, user } = this.#options;
    const log = openSync(logPath, 'a');
    // Closed as soon as it has been handed on.
    setImmediate(() => closeSync(log));
    const isOurs = command === process.execPath;
    return { env, ...user, stdio: ['ignore', log, log, ...(isOurs ? (['ipc'] as const) : [])] };
  }

  /** SIGKILL to it and to all that it has started; resolves when none of them is left. */
  async kill(): Promise<void> {
    const { pid } = this;
    if (pid === undefined) return;
    const family = await familyOf(pid);
    for (const one of family) {
      try {
        process.kill(one, 'SIGKILL');
      } catch {
        // It has ended by itself: its parent is gone.
      }
    }
    await untilGone(family);
  }

  /** Asked to end, as an orchestrator asks: it finishes what it has begun. */
  async end(): Promise<void> {
    const child = this.#child;
    if (!child || this.pid === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGTERM');
    await ended;
  }

  lastWords(): string {
    const lines = readFileSync(this.#options.logPath, 'utf8').trim().split('\n').slice(-4);
    return lines.map((line) => line.slice(0, 300)).join('\n');
  }
}
