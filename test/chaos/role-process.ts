/** One of Baton's roles, or something naive in its place, as a process that can be killed and frozen. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { roleCommand } from '../harness/compiled.js';

export type RoleProcess = {
  /** SIGKILL: nothing is finished, nothing is said. Resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP, and SIGCONT. */
  freeze(): void;
  thaw(): void;
};

/** Milliseconds; one that is only slow is not given up. */
const timeout = 180_000;
const root = fileURLToPath(new URL('../..', import.meta.url));

/** @param script from the repository's root. Resolves when it says that it does its work. */
export async function startRole(
  script: string,
  env: Readonly<Record<string, string>>,
): Promise<RoleProcess> {
  const command = roleCommand(script, { ...process.env, BATON_LOG_LEVEL: 'silent', ...env });
  const child = spawn(process.execPath, command.args, {
    cwd: root,
    env: command.env,
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  await ready(script, child).catch(async (error: unknown) => {
    await kill();
    throw error;
  });
  return {
    kill,
    freeze: () => void child.kill('SIGSTOP'),
    thaw: () => void child.kill('SIGCONT'),
  };
}

async function ready(script: string, child: ChildProcess): Promise<void> {
  let complaint = '';
  child.stderr?.on(
    'data',
    (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(-500)),
  );
  const signal = AbortSignal.timeout(timeout);
  const [how] = (await Promise.race([
    once(child, 'message', { signal }).then(() => ['ready']),
    once(child, 'exit', { signal }),
  ])) as [unknown];
  if (how !== 'ready') throw new Error(`${script} did not start: ${complaint}`);
}
