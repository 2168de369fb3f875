/**
 * The same seeds in this code and in that of another revision: the product's code is the revision's, the
 * simulated world is today's.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { bundleSimulation, type Bundle } from './bundle.js';
import type { SeedResult } from './play-plan.js';
import { firstDifference } from './real/compare.js';
import { runSeeds } from './run-seeds.js';

/** What the simulated world consists of. */
const ofToday = ['test/simulation', 'test/harness'];

/** `trouble`: why this revision cannot be played. */
export async function bundleRevision(
  revision: string,
): Promise<Bundle | { readonly trouble: string }> {
  const place = resolve('.baton/simulation/revisions', revision.replaceAll(/[^\w.-]/g, '_'));
  const git = (...words: string[]) => execFileSync('git', words, { stdio: 'pipe' });
  rmSync(place, { recursive: true, force: true });
  try {
    git('worktree', 'prune');
    git('worktree', 'add', '--detach', '--force', place, revision);
  } catch (error) {
    return { trouble: `there is no revision ${revision}: ${firstLine(error)}` };
  }
  try {
    for (const folder of ofToday) {
      rmSync(`${place}/${folder}`, { recursive: true, force: true });
      cpSync(folder, `${place}/${folder}`, { recursive: true });
    }
    return await bundleSimulation('before', [], place);
  } catch (error) {
    const why = firstLine(error);
    return { trouble: `${revision} cannot be built with today's simulation: ${why}` };
  } finally {
    git('worktree', 'remove', '--force', place);
  }
}

function firstLine(error: unknown): string {
  const lines = (error instanceof Error ? error.message : String(error)).split('\n');
  return lines.find((line) => line.includes('ERROR') || line.startsWith('fatal')) ?? lines[0] ?? '';
}

export type Difference = {
  readonly seed: number;
  /** The thread of the line. */
  readonly thread: string;
  readonly now: string;
  readonly then: string;
};

type Compared = {
  readonly now: Bundle;
  readonly before: Bundle;
  readonly first: number;
  readonly seeds: number;
};

/** The first line of each seed that differs, by seed. */
export async function compareRevisions({
  now,
  before,
  first,
  seeds,
}: Compared): Promise<readonly Difference[]> {
  const play = async (bundle: Bundle) => {
    const results = new Map<number, SeedResult>();
    const onResult = (result: SeedResult) => void results.set(result.seed, result);
    await runSeeds({ bundle, first, seeds, processes: availableParallelism(), onResult });
    return results;
  };
  const [ours, theirs] = [await play(now), await play(before)];
  return [...ours.values()]
    .toSorted((one, other) => one.seed - other.seed)
    .flatMap(({ seed, outcome }) => {
      const then = theirs.get(seed)?.outcome ?? [];
      const difference = firstDifference(outcome, then);
      if (!difference) return [];
      const at = outcome.findIndex((line, index) => line !== then[index]);
      const thread = outcome.slice(0, at + 1).findLast((line) => line.startsWith('thread '));
      return [
        {
          seed,
          thread: thread ?? 'no thread',
          now: difference.one.trim(),
          then: difference.other.trim(),
        },
      ];
    });
}
