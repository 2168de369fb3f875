/** Runs a step that the platform may refuse: the refusal is an outcome, not a failure. */
import { EngageError } from '../engage/errors.js';
import type { StepOutcome } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';

export async function refusable(step: () => Promise<unknown>): Promise<StepOutcome> {
  return repeatable(async () => {
    try {
      await step();
      return { is: 'done' };
    } catch (error) {
      if (!(error instanceof EngageError) || error.isTransient) throw error;
      return { is: 'refused', code: error.name };
    }
  });
}
