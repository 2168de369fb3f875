/** A process and all that it has started, as `ps` tells them. */
import { execFile } from 'node:child_process';
import { until } from '../bench/until.js';

type Process = { readonly pid: number; readonly parent: number; readonly isZombie: boolean };

/** The process itself first. */
export async function familyOf(pid: number): Promise<readonly number[]> {
  const all = await processes();
  const family = [pid];
  for (const one of family) {
    family.push(...all.filter(({ parent }) => parent === one).map((child) => child.pid));
  }
  return family;
}

export async function untilGone(pids: readonly number[]): Promise<void> {
  await until('processes that were killed', async () => {
    const living = (await processes()).filter(({ isZombie }) => !isZombie);
    return living.some(({ pid }) => pids.includes(pid)) ? undefined : true;
  });
}

function processes(): Promise<readonly Process[]> {
  return new Promise((resolve, reject) => {
    execFile('ps', ['-A', '-o', 'pid=,ppid=,stat='], (error, stdout) => {
      if (error) reject(new Error('ps cannot be asked', { cause: error }));
      else resolve(stdout.trim().split('\n').map(parsed));
    });
  });
}

function parsed(line: string): Process {
  const [pid, parent, state = ''] = line.trim().split(/\s+/);
  return { pid: Number(pid), parent: Number(parent), isZombie: state.startsWith('Z') };
}
