/** Runs one scenario from its first step to its last, and returns the differences. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { beginsAnew, playAct } from './actions.js';
import { check, type Difference } from './expectations.js';
import type { Stage } from './session.js';
import { expectations, type ActName, type ExpectationName, type Step } from './steps.js';

export type FoundDifference = Difference & { readonly line: number };

/** Stops at a step that cannot be executed, because later steps would be meaningless. */
export async function play(
  stage: Stage,
  steps: readonly Step[],
): Promise<readonly FoundDifference[]> {
  const found: FoundDifference[] = [];
  for (const { name, value, line } of steps) {
    if (isExpectation(name)) {
      const difference = await (check[name] as AnyCheck)(stage, value);
      if (difference) found.push({ ...difference, line });
      continue;
    }
    stage.time.stir();
    try {
      if (beginsAnew.has(name)) stage.repliesRead = (await stage.replies()).length;
      const { thread } = stage;
      await (playAct[name] as AnyPlay)(stage, value);
      if (stage.thread !== thread) stage.repliesRead = 0;
    } catch (error) {
      const seen = `${reasonOf(error)}; the rest was not played`;
      return [...found, { line, expected: `${name} to be possible`, seen }];
    }
  }
  return found;
}

type AnyPlay = (stage: Stage, value: unknown) => Promise<void>;
type AnyCheck = (stage: Stage, value: unknown) => Promise<Difference | undefined>;

function isExpectation(name: ActName | ExpectationName): name is ExpectationName {
  return Object.hasOwn(expectations, name);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
