/** On which machine: no figure means anything without. */
import { cpus, loadavg, totalmem } from 'node:os';

export type Machine = {
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly node: string;
  readonly platform: string;
  /** How many wanted to run in the last minute, before we did. */
  readonly load: number;
};

export function thisMachine(): Machine {
  const all = cpus();
  return {
    cores: all.length,
    processor: all[0]?.model ?? 'unknown',
    memoryBytes: totalmem(),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    load: loadavg()[0] ?? 0,
  };
}
