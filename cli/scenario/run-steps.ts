/** Runs one scenario from its first step to its last, and returns the differences. */
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { newExchangeActions, runAction } from './actions.js';
import { check, type Difference } from './expectations.js';
import type { Session } from './session.js';
import { expectations, type ActName, type ExpectationName, type Step } from './steps.js';

export type FoundDifference = Difference & { readonly line: number };

/** Stops at a step that cannot be executed, because later steps would be meaningless. */
export async function play(
  session: Session,
  steps: readonly Step[],
): Promise<readonly FoundDifference[]> {
  const found: FoundDifference[] = [];
  for (const { name, value, line } of steps) {
    if (isExpectation(name)) {
      const difference = await (check[name] as AnyCheck)(session, value);
      if (difference) found.push({ ...difference, line });
      continue;
    }
    session.time.stir();
    try {
      if (newExchangeActions.has(name)) session.repliesRead = (await session.replies()).length;
      const { thread } = session;
      await (runAction[name] as AnyAction)(session, value);
      if (session.thread !== thread) session.repliesRead = 0;
    } catch (error) {
      const seen = `${reasonOf(error)}; the rest was not played`;
      return [...found, { line, expected: `${name} to be possible`, seen }];
    }
  }
  return found;
}

type AnyAction = (session: Session, value: unknown) => Promise<void>;
type AnyCheck = (session: Session, value: unknown) => Promise<Difference | undefined>;

function isExpectation(name: ActName | ExpectationName): name is ExpectationName {
  return Object.hasOwn(expectations, name);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}
