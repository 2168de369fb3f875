/** Runs an external tool with progress reports. */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Say = (line: string) => void;

export class ToolFailed extends Error {
  override readonly name = 'ToolFailed';
}

/** Path of `name` on PATH. */
export function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, name)).find(isRunnable);
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

type RunOptions = {
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Called every ten seconds with the number of lines printed so far. */
  readonly progress?: (lines: number, seconds: number) => void;
};

/** @throws ToolFailed with the tool's last lines */
export function runTool(command: string, args: readonly string[], options: RunOptions = {}) {
  const { env = process.env, cwd, progress } = options;
  return new Promise<void>((resolve, reject) => {
    const child = spawn(command, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let lines = 0;
    let last = '';
    const listen = (chunk: Buffer) => {
      const text = chunk.toString();
      lines += text.split('\n').length - 1;
      last = (last + text).slice(-2_000);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    const began = Date.now();
    const timer = setInterval(() => {
      progress?.(lines, Math.round((Date.now() - began) / 1000));
    }, 10_000);
    const end = (error?: Error) => {
      clearInterval(timer);
      if (error) reject(new ToolFailed(`${command}: ${error.message}\n${last.trim()}`));
      else resolve();
    };
    child.once('error', end);
    child.once('exit', (code) => end(code === 0 ? undefined : new Error(`ended with ${code}`)));
  });
}
