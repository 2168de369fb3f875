/** A step the platform may refuse without the conversation ending: its refusal is an outcome. */
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
