/** The process table of this machine, as `ps` prints it. */
import { runCommand } from './run-command.js';
import { until } from './until.js';

type Process = {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly state: string;
};

async function all(): Promise<readonly Process[]> {
  const { stdout, status } = await runCommand('ps', ['-A', '-o', 'pid=,ppid=,pgid=,stat=']);
  if (status !== 0) throw new Error('ps cannot be run');
  return stdout
    .trim()
    .split('\n')
    .map((line) => {
      const [pid, parent, group, state = ''] = line.trim().split(/\s+/);
      return { pid: Number(pid), parent: Number(parent), group: Number(group), state };
    });
}

/** A process, its descendants, and the members of its process group; the process itself is the first. */
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

/** Those of the processes that have not ended. */
export async function alive(pids: readonly number[]): Promise<readonly number[]> {
  const living = (await all()).filter(({ state }) => !state.startsWith('Z'));
  return living.filter(({ pid }) => pids.includes(pid)).map(({ pid }) => pid);
}

export async function untilGone(pids: readonly number[]): Promise<void> {
  const areGone = async () => ((await alive(pids)).length === 0 ? true : undefined);
  await until('the end of processes that were killed', areGone);
}
