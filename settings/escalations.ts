/**
 * Escalation policies as the business writes them: what happens when nobody speaks, step by step. Each escalation policy
 * allows what makes sense on it; anything else is refused at start, naming the step.
 */
import { z } from 'zod';
import { duration } from './duration.js';
import type { EscalationName, EscalationStep } from '../workflows/contract/escalation.js';

const text = z.string().min(1).max(1_000);

const steps = {
  /** The customer is told `say`. */
  tell: z.strictObject({ after: duration, do: z.literal('tell'), say: text }),
  /** The humans are told on the intervention, and `BatonAttention` is raised. */
  remind: z.strictObject({ after: duration, do: z.literal('remind') }),
  /** Other humans are asked: the thread goes to this category. */
  move: z.strictObject({
    after: duration,
    do: z.literal('move'),
    category: z.string().min(1),
    say: text.optional(),
  }),
  backToBot: z.strictObject({ after: duration, do: z.literal('backToBot'), say: text.optional() }),
  close: z.strictObject({ after: duration, do: z.literal('close'), say: text.optional() }),
};

function escalation<T extends z.ZodType<{ after: number }>>(escalationStep: T) {
  return z
    .array(escalationStep)
    .refine(
      (escalationSteps) =>
        escalationSteps.every(
          ({ after }, index) => after > (escalationSteps[index - 1]?.after ?? -1),
        ),
      'each step must come after the one before; all count from the beginning of the silence',
    );
}

export const escalationsSchema = z.strictObject({
  /** The customer does not answer the bot. Closing by itself: `closeWhenSilentFor`. */
  customerSilent: escalation(z.discriminatedUnion('do', [steps.tell, steps.close])).default([]),
  /** A human was asked for, and none comes. */
  nobodyComes: escalation(
    z.discriminatedUnion('do', [steps.tell, steps.remind, steps.move, steps.backToBot]),
  ).prefault([{ after: '15m', do: 'remind' }]),
  /** The human does not answer the customer. */
  agentSilent: escalation(
    z.discriminatedUnion('do', [steps.remind, steps.move, steps.backToBot]),
  ).prefault([{ after: '15m', do: 'remind' }]),
  /** The customer does not answer the human. */
  customerSilentWithAgent: escalation(
    z.strictObject({ after: duration, do: z.literal('close') }),
  ).default([]),
});

type Written = z.output<typeof escalationsSchema>;

/** As a thread carries them. */
export function toEscalations(written: Written): {
  readonly [L in EscalationName]: readonly EscalationStep[];
} {
  const toEscalationStep = (escalationStep: Written[EscalationName][number]): EscalationStep => {
    const { after, do: what } = escalationStep;
    const say =
      'say' in escalationStep && escalationStep.say !== undefined
        ? { say: escalationStep.say }
        : {};
    return {
      after,
      do: what,
      ...say,
      ...('category' in escalationStep && { categoryId: escalationStep.category }),
    };
  };
  return {
    customerSilent: written.customerSilent.map(toEscalationStep),
    nobodyComes: written.nobodyComes.map(toEscalationStep),
    agentSilent: written.agentSilent.map(toEscalationStep),
    customerSilentWithAgent: written.customerSilentWithAgent.map(toEscalationStep),
  };
}
