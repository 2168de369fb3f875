/** Where the figures are: what the commands left behind, and what `docs/` keeps of it. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Figures, Runs } from './kept.js';

const commands = ['bench', 'chaos', 'security', 'simulate'] as const;
const kept = (command: string) => `docs/figures/${command}.json`;

export const pagePath = 'docs/guarantees.md';

export function readRuns(): Runs {
  const of = (command: string) => readJson(`.baton/${command}/last-run.json`);
  return Object.fromEntries(commands.map((command) => [command, of(command)]));
}

export function readFigures(): Figures {
  const of = (command: string) => readJson(kept(command)) ?? [];
  return Object.fromEntries(commands.map((command) => [command, of(command)])) as Figures;
}

export function writeFigures(figures: Figures): void {
  mkdirSync('docs/figures', { recursive: true });
  for (const command of commands) {
    writeFileSync(kept(command), `${JSON.stringify(figures[command], null, 1)}\n`);
  }
}

function readJson(path: string): unknown {
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as unknown) : undefined;
}
