/**
 * A program in the background of a test, as an orchestrator runs it: with the environment it is given
 * and nothing else, watched by its exit status and by what it says.
 */
import { spawn } from 'node:child_process';

export type Background = {
  readonly pid: number | undefined;
  /** What it has said so far, on both of its outputs. */
  said(): string;
  /** Resolves when it has ended: its exit status, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** SIGTERM, and what came of it. */
  end(): Promise<number | string>;
  /** For a test that has failed: SIGKILL, if it still runs. */
  abandon(): void;
};

export type BackgroundOptions = {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
};

export function inBackground({ command, env, cwd }: BackgroundOptions): Background {
  const [program = '', ...args] = command;
  const place = { PATH: process.env['PATH'] ?? '', HOME: cwd };
  const child = spawn(program, args, {
    cwd,
    env: { ...place, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const handleEvent = (chunk: Buffer) => (said += chunk.toString());
  child.stdout.on('data', handleEvent);
  child.stderr.on('data', handleEvent);
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  return {
    pid: child.pid,
    said: () => said,
    ended,
    end: () => {
      child.kill('SIGTERM');
      return ended;
    },
    abandon: () => void child.kill('SIGKILL'),
  };
}
