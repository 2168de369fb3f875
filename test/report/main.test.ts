/** `npm run report` says which reports there are when it is not told one. The reports themselves have other tests. */
import { expect, it } from 'vitest';
import { runCommand } from '../harness/run-command.js';
import { root } from '../harness/source-files.js';

it.each([
  { args: [], status: 2 },
  { args: ['nonsense'], status: 2 },
  { args: ['release', 'guarantees'], status: 2 },
  { args: ['--help'], status: 0 },
])('with $args it lists the reports and ends with $status', async ({ args, status }) => {
  const command = ['cli/run.mjs', 'test/report/main', ...args];
  const ended = await runCommand(process.execPath, command, { cwd: root });
  expect(ended.status).toBe(status);
  for (const name of ['guarantees', 'data-sheet', 'release']) {
    expect(ended.stdout).toMatch(new RegExp(`^  ${name}`, 'm'));
  }
});
