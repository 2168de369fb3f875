/** The processes of this machine, as `ps` tells them. */
import { runCommand } from './run-command.js';

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly state: string;
};

async function all(): Promise<readonly Process[]> {
  const { stdout } = await runCommand('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, group, state = ''] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), group: Number(group), state };
    });
}

/** A process, what it has started, what that has started, and everybody in its process group. */
export async function familyOf(pid: number): Promise<readonly number[]> {
  const processes = await all();
  const family = new Set([pid]);
  for (let before = 0; before < family.size;) {
    before = family.size;
    for (const one of processes) if (family.has(one.parent)) family.add(one.pid);
  }
  for (const one of processes) if (one.group === pid) family.add(one.pid);
  return [...family];
}

/** Those that have not ended. */
export async function alive(pids: readonly number[]): Promise<readonly number[]> {
  const living = (await all()).filter(({ state }) => !state.startsWith('Z'));
  return living.filter(({ pid }) => pids.includes(pid)).map(({ pid }) => pid);
}
