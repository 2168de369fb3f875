/** An example of the documents in a copy of Baton: compiled and tested there, by the tools a reader has. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand, type Ran } from './run-command.js';
import type { Copy } from './stranger.js';

/** @param files of the example alone, by their paths in the copy */
export async function compileInCopy({ path }: Copy, files: readonly string[]): Promise<Ran> {
  const config = { extends: './tsconfig.json', include: [], files };
  writeFileSync(join(path, 'tsconfig.example.json'), JSON.stringify(config));
  return run(path, 'tsc', ['-p', 'tsconfig.example.json']);
}

/** Without the server and the bundle that our own suites share: the example needs neither. */
export async function testInCopy({ path }: Copy, file: string): Promise<Ran> {
  writeFileSync(join(path, 'vitest.example.config.ts'), 'export default {};\n');
  return run(path, 'vitest', ['run', '--config', 'vitest.example.config.ts', file]);
}

function run(cwd: string, program: string, args: readonly string[]): Promise<Ran> {
  return runCommand(join(cwd, 'node_modules/.bin', program), args, { cwd });
}
