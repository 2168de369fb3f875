/** Runs a program to its end. */
import { execFile, type ExecFileOptions } from 'node:child_process';

export type Ran = { readonly stdout: string; readonly stderr: string; readonly status: number };

export function runCommand(
  program: string,
  args: readonly string[],
  options: ExecFileOptions = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    execFile(program, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      const status = error ? Number(error.code ?? 1) : 0;
      resolve({ stdout: stdout, stderr: stderr, status });
    });
  });
}
