/** CPU and memory of other processes, from Linux's `/proc`. */
import { readFileSync } from 'node:fs';
import { familyOf } from './processes.js';
import type { Program } from './program.js';

/** Linux counts hundredths of a second on every platform. */
const msPerTick = 10;

/** Milliseconds of CPU that a process has used on all its threads; NaN without `/proc`. */
export function cpuOf(pid: number): number {
  const [user = NaN, system = NaN] = ticksOf(pid);
  return (user + system) * msPerTick;
}

/** Milliseconds of CPU of a program, its descendants, and their children that have ended. */
export async function cpuOfFamily({ pid, name }: Program): Promise<number> {
  if (pid === undefined) throw new Error(`${name} does not run`);
  const ticks = (await familyOf(pid)).flatMap(ticksOf);
  return ticks.reduce((sum, one) => sum + one, 0) * msPerTick;
}

/** Its own in user and system mode, and that of its children that have ended; empty when it has ended. */
function ticksOf(pid: number): readonly number[] {
  const stat = read(`/proc/${pid}/stat`);
  // The program's name is in brackets and may hold spaces.
  return (
    stat
      ?.slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number) ?? []
  );
}

/** Bytes that it holds in memory now; NaN without `/proc`. */
export function memoryOf(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
  return Number(kilobytes) * 1_024;
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
