/**
 * One program as a process of its own: started, frozen, asked to end, killed together with every process it
 * has started, and started again with the same settings.
 */
import { spawn, type ChildProcess, type Serializable, type SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { familyOf, untilGone } from './processes.js';

/** Registers what must be closed at the end of a run; the newest is closed first. */
export type Cleanup = { readonly atTheEnd: (close: () => Promise<unknown>) => void };

/** For what is not run by `test/bench/perform.ts`: everything is closed by `close`. */
export function createCleanup(): Cleanup & { readonly close: () => Promise<void> } {
  const opened: (() => Promise<unknown>)[] = [];
  return {
    atTheEnd: (close) => void opened.unshift(close),
    async close() {
      for (const close of opened.splice(0)) await close();
    },
  };
}

export type User = { readonly uid: number; readonly gid: number };

export type ProgramOptions = {
  /** For error messages. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string | undefined;
  /** Default: the environment of this process. */
  readonly env?: NodeJS.ProcessEnv | undefined;
  /** File to which its output is appended. Default: the output is kept in memory. */
  readonly logPath?: string | undefined;
  /** Runs it as this user, for programs that refuse to run as root. */
  readonly user?: User | undefined;
  /** Opens a channel for messages; only Node's programs have one. */
  readonly hasChannel?: boolean;
  /** Resolves when it does its work; called after each start. */
  readonly ready?: (child: ChildProcess) => Promise<unknown>;
};

/** Milliseconds; a program that is only slow is not given up. */
const startTimeout = 180_000;

/** For `ready`: the program sends a message when it does its work, as Baton's roles do. */
export function firstMessage(child: ChildProcess): Promise<unknown> {
  return once(child, 'message', { signal: AbortSignal.timeout(startTimeout) });
}

/** Programs that run; none outlives this process. */
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

export class Program {
  readonly #options: ProgramOptions;
  #child: ChildProcess | undefined;
  #exited: Promise<unknown> = Promise.resolve();
  #output = '';
  /** Resolves when it has ended and its output is complete: its exit status, or the signal that ended it. */
  ended: Promise<number | string> = Promise.resolve('not started');

  constructor(options: ProgramOptions) {
    this.#options = options;
  }

  /** Starts it, and kills it at the end of the run. */
  static async opened(cleanup: Cleanup, options: ProgramOptions): Promise<Program> {
    const program = new Program(options);
    cleanup.atTheEnd(() => program.kill());
    await program.start();
    return program;
  }

  get name(): string {
    return this.#options.name;
  }

  /** `undefined` while it does not run. */
  get pid(): number | undefined {
    const child = this.#child;
    return child && child.exitCode === null && child.signalCode === null ? child.pid : undefined;
  }

  /** Starts it and waits until it does its work. @throws when it ends before, with its last lines */
  async start(): Promise<void> {
    const { name, ready } = this.#options;
    const child = this.launch();
    const ended = this.ended.then((status) => {
      throw new Error(`${name} ended (${status}): ${this.lastLines()}`);
    });
    try {
      await Promise.race([ready?.(child), ended]);
    } catch (error) {
      await this.kill();
      throw error;
    }
    ended.catch(() => undefined);
  }

  /** Starts it and waits for nothing. */
  launch(): ChildProcess {
    const { command, args } = this.#options;
    const child = spawn(command, args, this.#spawnOptions());
    this.#child = child;
    running.add(child);
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
    }
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(error.message));
      child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
    });
    this.#exited = new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    void this.#exited.then(() => running.delete(child));
    return child;
  }

  #spawnOptions(): SpawnOptions {
    const { cwd, logPath, env = process.env, user, hasChannel = false } = this.#options;
    const log = logPath === undefined ? 'pipe' : openSync(logPath, 'a');
    // The child has its own descriptor by then.
    if (typeof log === 'number') setImmediate(() => closeSync(log));
    return {
      cwd,
      env,
      ...user,
      stdio: ['ignore', log, log, ...(hasChannel ? ['ipc' as const] : [])],
    };
  }

  /** Sends SIGKILL to it and to everything it has started; resolves when none of them is left. */
  async kill(): Promise<void> {
    const { pid } = this;
    if (pid === undefined) return;
    // Stopped first: it does nothing more while its descendants are looked up.
    signal(pid, 'SIGSTOP');
    const family = await familyOf(pid);
    for (const one of family) signal(one, 'SIGKILL');
    await this.#exited;
    await untilGone(family);
  }

  /** Sends SIGSTOP: its connections stay open, and it does nothing. */
  freeze(): void {
    this.#child?.kill('SIGSTOP');
  }

  /** Sends SIGCONT. */
  thaw(): void {
    this.#child?.kill('SIGCONT');
  }

  /** Sends SIGTERM, as an orchestrator does, and waits until it has ended. */
  end(): Promise<number | string> {
    if (this.pid !== undefined) this.#child?.kill('SIGTERM');
    return this.ended;
  }

  /** Sends it a message and resolves with its next message. @throws when it ends instead */
  ask(message: Serializable): Promise<unknown> {
    const child = this.#child;
    if (!child) throw new Error(`${this.name} has not been started`);
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Error(`${this.name} ended: ${this.lastLines()}`));
      child.once('close', fail);
      child.once('message', (answer) => {
        child.removeListener('close', fail);
        resolve(answer);
      });
      child.send(message);
    });
  }

  /** Calls the handler for each message of the running process. */
  onMessage(handle: (message: unknown) => void): void {
    this.#child?.on('message', handle);
  }

  /** Everything it has printed so far, on both of its outputs. */
  said(): string {
    const { logPath } = this.#options;
    return logPath === undefined ? this.#output : readFileSync(logPath, 'utf8');
  }

  lastLines(): string {
    const lines = this.said().trim().split('\n').slice(-4);
    return lines.map((line) => line.slice(0, 300)).join('\n');
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It has ended by itself.
  }
}
