/**
 * A process that keeps vitest loaded, so that testing a mutant costs what its tests cost. `copy.ts` starts it in a
 * copy of the repository, sends it one run at a time, and ends it when it is silent for too long.
 */
import { resolve } from 'node:path';
import { createVitest, type TestSequencer, type TestSpecification } from 'vitest/node';

export type Run = {
  /** Test files in the order of their run, which ends with the first that fails. */
  readonly tests: readonly string[];
  /** The source file that has changed since the last run. */
  readonly changed?: string;
};
export type News =
  /** Milliseconds that the tests of a file took, without its imports. */
  | { readonly is: 'ended'; readonly test: string; readonly ok: boolean; readonly took: number }
  | { readonly is: 'done'; readonly ok: boolean };

/** Keeps the order that it is given. */
class AsGiven implements TestSequencer {
  readonly shard = (files: TestSpecification[]): TestSpecification[] => files;
  readonly sort = (files: TestSpecification[]): TestSpecification[] => files;
}

const say = (news: News) => process.send?.(news);
const vitest = await createVitest(
  'test',
  {
    ...{ config: 'test/mutation/vitest.config.ts', watch: false, bail: 1 },
    sequence: { sequencer: AsGiven },
    reporters: [
      {
        onTestModuleEnd: (test) => {
          const { relativeModuleId } = test;
          say({
            ...{ is: 'ended', test: relativeModuleId, ok: test.ok() },
            took: test.diagnostic().duration,
          });
        },
      },
    ],
  },
  {},
  { stdout: process.stderr },
);

async function run({ tests, changed }: Run): Promise<boolean> {
  if (changed !== undefined) vitest.invalidateFile(resolve(changed));
  // Failures of earlier runs would end this one.
  vitest.state.idMap.clear();
  vitest.state.filesMap.clear();
  vitest.state.clearErrors();
  const project = vitest.getRootProject();
  const specifications = tests.map((test) => project.createSpecification(resolve(test)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const ran = testModules.filter((test) => test.state() === 'passed').length;
  return unhandledErrors.length === 0 && ran === tests.length;
}

process.on('message', (message: Run) => {
  void run(message).then(
    (ok) => say({ is: 'done', ok }),
    () => say({ is: 'done', ok: false }),
  );
});
process.on('disconnect', () => process.exit());
