/**
 * Mutants that no test notices although they were looked at, each with the reason. A mutant is named by its file, its
 * change, and a piece of its line, so that the list holds when lines move.
 */
import type { Mutant } from './mutants.js';

type Survivor = {
  readonly file: string;
  readonly change: string;
  /** A piece of the line; absent for every line of the file. */
  readonly at?: string;
  readonly reason: string;
};

const survivors: readonly Survivor[] = [];

export function reasonFor({ file, line, change }: Mutant, source: string): string | undefined {
  const text = source.split('\n')[line - 1] ?? '';
  const found = survivors.find(
    (one) => one.file === file && one.change === change && text.includes(one.at ?? ''),
  );
  return found?.reason;
}
