/**
 * Runs a program without knowledge of Baton (Temporal's server) so that it ends with us: it is stopped
 * when we are, or when our parent is gone, and killed after ten seconds.
 *
 * Arguments: the program and its own arguments.
 */
import { spawn } from 'node:child_process';

const [program = '', ...args] = process.argv.slice(2);
const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function end(): void {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
}

for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, end);
process.once('disconnect', end);
child.once('exit', (code) => process.exit(code ?? 1));
child.once('error', (error) => {
  console.error(error.message);
  process.exit(1);
});
