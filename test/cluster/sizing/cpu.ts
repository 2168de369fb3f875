/** CPU that a program of the cluster has used, with all it has started, as Linux's `/proc` tells. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { familyOf } from '../../harness/processes.js';
import type { Program } from '../../harness/program.js';

let ticks: number | undefined;

/** Milliseconds since it began; what has ended and was waited for is counted with its parent. */
export async function cpuOf({ pid, name }: Program): Promise<number> {
  if (pid === undefined) throw new Error(`${name} does not run`);
  ticks ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  let used = 0;
  for (const one of await familyOf(pid)) used += ticksOf(one);
  return (used / ticks) * 1_000;
}

/** Of itself and of its children that have ended: fields 14 to 17, after a name that may have spaces. */
function ticksOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  } catch {
    return 0;
  }
}
