/**
 * One process of `npm start`: its output goes to a log file, it ends in the order we choose, and it
 * ends with us even when we are killed.
 *
 * Children lead process groups of their own, so that Ctrl-C reaches `npm start` alone; each holds a
 * channel to us and ends itself when the channel closes. They write their log files themselves, so that
 * what they said last is there however they end.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export type ChildOptions = {
  readonly name: string;
  /** A module to run by Node, with its arguments. */
  readonly module: string;
  readonly args?: readonly string[];
  /** Besides our own environment. */
  readonly env?: Readonly<Record<string, string>>;
};

const logFolder = '.baton/logs';

/** A role that hangs is not waited for longer than this. */
const patience = 35_000;

export class Child {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #logPath: string;
  /** What is before it in the log file is of an earlier start. */
  readonly #logBegins: number;
  /** Resolves when it has ended, with what is to be said about it. */
  readonly ended: Promise<string>;
  /** Resolves when it says it does its work, rejects when it ends before. */
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

  /** It has ended although nobody asked it to. */
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

  /** As a power cut would: without a chance to finish anything. */
  async kill(): Promise<void> {
    this.#isWanted = false;
    this.#process.kill('SIGKILL');
    await this.ended;
  }

  /** Asked to end, and made to when it does not. */
  async end(): Promise<void> {
    this.#isWanted = false;
    if (this.#hasEnded) return;
    this.#process.kill('SIGTERM');
    const impatience = setTimeout(() => this.#process.kill('SIGKILL'), patience);
    await this.ended;
    clearTimeout(impatience);
  }
}
