/**
 * One process of `npm start`: its output goes to a log file, it ends in the order we choose, and it
 * ends with us even when we are killed.
 *
 * Children lead process groups of their own, so that Ctrl-C reaches `npm start` alone; each holds a
 * channel to us and ends itself when the channel closes.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type ChildOptions = {
  readonly name: string;
  /** A module to run by Node, with its arguments. */
  readonly module: string;
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

const logFolder = '.baton/logs';

/** A role that hangs is not waited for longer than this. */
const patience = 35_000;

export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #logPath: string;
  /** Resolves when it has ended, with what is to be said about it. */
  readonly ended: Promise<string>;
  /** Resolves when it says it does its work, rejects when it ends before. */
  readonly ready: Promise<void>;
  #isWanted = true;

  constructor({ name, module, args = [], env = {} }: ChildOptions) {
    this.name = name;
    this.#logPath = join(logFolder, `${name}.log`);
    mkdirSync(logFolder, { recursive: true });
    const log = createWriteStream(this.#logPath, { flags: 'a' });
    this.#process = spawn(process.execPath, ['--import', 'tsx', module, ...args], {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#process.stdout?.pipe(log, { end: false });
    this.#process.stderr?.pipe(log, { end: false });
    this.ended = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        log.end();
        resolve(`${name} ended (${signal ?? `status ${code ?? '?'}`})`);
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.#process.once('message', () => resolve());
      void this.ended.then((how) => reject(new Error(how)));
    });
    this.ready.catch(() => undefined);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** It has ended although nobody asked it to. */
  get hasFailed(): boolean {
    return this.#isWanted && (this.#process.exitCode !== null || this.#process.signalCode !== null);
  }

  lastWords(): string {
    const lines = readFileSync(this.#logPath, 'utf8').trimEnd().split('\n');
    return lines.slice(-12).join('\n');
  }

  /** As a power cut would: without a chance to finish anything. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  /** Asked to end, and made to when it does not. */
  async end(): Promise<void> {
    this.#isWanted = false;
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    this.#process.kill('SIGTERM');
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(impatience);
  }
}
