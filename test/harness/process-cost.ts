/** What another process has cost so far, by the system's own books. Where there are none: not a number. */
import { readFileSync } from 'node:fs';

/** Linux counts in hundredths of a second wherever it runs. */
const msPerTick = 10;

/** Milliseconds of its processors, its own and its kernel's, on all threads. */
export function cpuOf(pid: number): number {
  const stat = read(`/proc/${pid}/stat`);
  // The program's name is in brackets and may hold spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields?.[11]) + Number(fields?.[12])) * msPerTick;
}

/** Bytes it holds in memory now. */
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
