/** A program of this room in a process of its own, spoken to in messages. It ends with the bench. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Stage } from './bench.js';

export type Child<To, From> = {
  /** Tells it something, and waits for the next it says. @throws when it ends instead */
  ask(what: To): Promise<From>;
  onTold(handleEvent: (what: From) => void): void;
  readonly pid: number;
  /** SIGKILL, as a power cut would. */
  kill(): Promise<void>;
};

export type ChildOptions = {
  /** A file of this room. */
  readonly file: string;
  readonly nodeArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export function openChild<To extends object | string, From>(
  stage: Stage,
  { file, nodeArguments = [], env = {} }: ChildOptions,
): Child<To, From> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', 'tsx', ...nodeArguments],
    env: { ...process.env, ...env },
  });
  stage.atTheEnd(async () => {
    const ended = once(child, 'exit');
    if (child.exitCode === null && child.signalCode === null && child.kill()) await ended;
  });
  return {
    pid: child.pid ?? NaN,
    async kill() {
      const ended = once(child, 'exit');
      if (child.signalCode === null && child.kill('SIGKILL')) await ended;
    },
    onTold: (handleEvent) => void child.on('message', (what) => handleEvent(what as From)),
    ask: (what) =>
      new Promise<From>((resolve, reject) => {
        const gone = () => reject(new Error(`${file} ended`));
        child.once('exit', gone);
        child.once('message', (answer) => {
          child.removeListener('exit', gone);
          resolve(answer as From);
        });
        child.send(what);
      }),
  };
}
