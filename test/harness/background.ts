/**
 * A program in the background of a test, started as an orchestrator does: only with the environment that it
 * is given. It is watched by its output and its exit status.
 */
import { Program } from './program.js';

export type { Program as Background } from './program.js';

export type BackgroundOptions = {
  readonly command: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
};

export function inBackground({ command: [command = '', ...args], env, cwd }: BackgroundOptions) {
  const place = { PATH: process.env['PATH'] ?? '', HOME: cwd };
  const program = new Program({ name: command, command, args, cwd, env: { ...place, ...env } });
  program.launch();
  return program;
}
