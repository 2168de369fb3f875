/**
 * Schemas of escalation policies: what happens, step by step, while somebody does not answer. Each policy
 * allows the steps that make sense in it; others are refused at start, naming the step.
 */
import { z } from 'zod';
import { duration } from './duration.js';
import type { EscalationName, EscalationStep } from '../workflows/contract/escalation.js';

const text = z.string().min(1).max(1_000);

const steps = {
  /** Sends `say` to the customer. */
  tell: z.strictObject({ after: duration, do: z.literal('tell'), say: text }),
  /** Reminds the agents by a comment on the intervention, and sets `BatonAttention`. */
  remind: z.strictObject({ after: duration, do: z.literal('remind') }),
  /** Moves the thread to this category, to other agents. */
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

/** Milliseconds from the last written step to the reminder that is added. */
const remindAfter = 15 * 60_000;

/** While humans have the thread, somebody is always notified: a list without such a step gets a reminder. */
function withReminder<T extends { readonly after: number; readonly do: string }>(
  written: readonly T[],
): readonly (T | { readonly after: number; readonly do: 'remind' })[] {
  const isSomebodyCalled = written.some(
    ({ do: what }) => what === 'remind' || what === 'backToBot',
  );
  const last = written.at(-1)?.after ?? 0;
  return isSomebodyCalled ? written : [...written, { after: last + remindAfter, do: 'remind' }];
}

export const escalationsSchema = z.strictObject({
  /** The customer does not answer the bot. `closeWhenSilentFor` closes such a thread without a policy. */
  customerSilent: escalation(z.discriminatedUnion('do', [steps.tell, steps.close])).default([]),
  /** A handover was requested, and no agent takes the thread. */
  nobodyComes: escalation(
    z.discriminatedUnion('do', [steps.tell, steps.remind, steps.move, steps.backToBot]),
  )
    .prefault([{ after: '15m', do: 'remind' }])
    .transform(withReminder),
  /** The agent does not answer the customer. */
  agentSilent: escalation(z.discriminatedUnion('do', [steps.remind, steps.move, steps.backToBot]))
    .prefault([{ after: '15m', do: 'remind' }])
    .transform(withReminder),
  /** The customer does not answer the agent. */
  customerSilentWithAgent: escalation(
    z.strictObject({ after: duration, do: z.literal('close') }),
  ).default([]),
});

type Written = z.output<typeof escalationsSchema>;

/** The policies as a thread carries them. */
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
