/** A TypeScript program of the test tree as a child process with typed messages. It ends with the run. */
import { Program, type Cleanup } from './program.js';
import { root } from './source-files.js';

export type Child<To, From> = {
  /** Sends a message and resolves with the next one that comes back. @throws when the child ends instead */
  ask(message: To): Promise<From>;
  onMessage(handle: (message: From) => void): void;
  readonly pid: number;
  /** SIGKILL. */
  kill(): Promise<void>;
};

export type ChildOptions = {
  /** Path from the repository's root. */
  readonly file: string;
  readonly nodeArguments?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};

export function openChild<To extends object | string, From>(
  cleanup: Cleanup,
  { file, nodeArguments = [], env = {} }: ChildOptions,
): Child<To, From> {
  const program = new Program({
    name: file,
    command: process.execPath,
    args: ['--import', 'tsx', ...nodeArguments, file],
    cwd: root,
    env: { ...process.env, ...env },
    hasChannel: true,
  });
  program.launch();
  cleanup.atTheEnd(() => program.kill());
  return {
    pid: program.pid ?? NaN,
    kill: () => program.kill(),
    onMessage: (handle) => program.onMessage((message) => handle(message as From)),
    ask: (message) => program.ask(message) as Promise<From>,
  };
}
