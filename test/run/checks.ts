/** Types, lint and layout, each a process of its own, all at the same time. */
import { spawn } from 'node:child_process';

export type Check = {
  readonly name: string;
  readonly command: string;
  readonly isGood: boolean;
  /** What it printed. */
  readonly printed: string;
};

const checks: readonly (readonly [name: string, ...command: string[]])[] = [
  ...['.', 'simulator/page', 'api/console/page'].map(
    (project) => ['types', 'tsc', '--noEmit', '-p', project] as const,
  ),
  ['lint', 'oxlint', '.'],
  ['layout', 'prettier', '--check', '--log-level', 'warn', '.'],
];

export function runChecks(): Promise<readonly Check[]> {
  return Promise.all(checks.map(([name, ...command]) => run(name, command)));
}

function run(name: string, [program = '', ...args]: readonly string[]): Promise<Check> {
  return new Promise((resolve) => {
    const child = spawn(`node_modules/.bin/${program}`, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let printed = '';
    const add = (chunk: Buffer) => (printed += chunk.toString());
    child.stdout.on('data', add);
    child.stderr.on('data', add);
    const end = (isGood: boolean) =>
      resolve({ name, command: [program, ...args].join(' '), isGood, printed });
    child.once('error', (error) => {
      printed += error.message;
      end(false);
    });
    child.once('close', (status) => end(status === 0));
  });
}
