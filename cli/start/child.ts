/**
 * One child process of `npm start`: it writes to a log file, is stopped in a defined order, and ends with
 * us even when we are killed.
 *
 * Children lead process groups of their own, so that Ctrl-C reaches `npm start` alone; each has an IPC
 * channel to us and exits when the channel closes. They write their log files themselves, so that their
 * last output is kept however they end.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type ChildOptions = {
  readonly name: string;
  /** A module for Node, with its arguments. */
  readonly module: string;
  readonly args?: readonly string[];
  /** Added to our own environment. */
  readonly env?: Readonly<Record<string, string>>;
};

const logFolder = '.baton/logs';

/** Milliseconds after which a role that does not stop is killed. */
const timeout = 35_000;

export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #logPath: string;
  /** Offset in the log file at which the output of this start begins. */
  readonly #logBegins: number;
  /** Resolves with a description when the process has ended. */
  readonly ended: Promise<string>;
  /** Resolves when the process reports ready, rejects when it ends before. */
  readonly ready: Promise<void>;
  #isWanted = true;

  constructor({ name, module, args = [], env = {} }: ChildOptions) {
    this.name = name;
    this.#logPath = join(logFolder, `${name}.log`);
    mkdirSync(logFolder, { recursive: true });
    const log = openSync(this.#logPath, 'a');
    this.#logBegins = statSync(this.#logPath).size;
    this.#process = spawn(process.execPath, ['--import', 'tsx', module, ...args], {
      detached: true,
      env: { ...process.env, ...env },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.#process.once('exit', (code, signal) => {
        resolve(`${name} ended (${signal ?? `status ${code ?? '?'}`})`);
      });
    });
    this.ready = new Promise((resolve, reject) => {
      this.#process.once('message', () => resolve());
      void this.ended.then((how) => reject(new Error(how)));
    });
    this.ready.catch(() => undefined);
  }

  /** The process has ended without being stopped by us. */
  get hasFailed(): boolean {
    return this.#isWanted && this.#hasEnded;
  }

  get #hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  lastWords(): string {
    const said = readFileSync(this.#logPath).subarray(this.#logBegins).toString().trim();
    const lines = said === '' ? [] : said.split('\n').slice(-12);
    return [...lines, `(${this.#logPath})`].join('\n');
  }

  /** SIGKILL, without a chance to finish anything. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  /** Stops it, and kills it after the timeout. */
  async end(): Promise<void> {
    this.#isWanted = false;
    if (this.#hasEnded) return;
    this.#process.kill('SIGTERM');
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), timeout);
    await this.ended;
    clearTimeout(impatience);
  }
}
