/**
 * Ladders as the business writes them: what happens when nobody speaks, rung by rung. Each ladder
 * allows what makes sense on it; anything else is refused at start, naming the rung.
 */
import { z } from 'zod';
import { duration } from './duration.js';
import type { LadderName, Rung } from '../workflows/contract/escalation.js';

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

function ladder<T extends z.ZodType<{ after: number }>>(rung: T) {
  return z
    .array(rung)
    .refine(
      (rungs) => rungs.every(({ after }, index) => after > (rungs[index - 1]?.after ?? -1)),
      'each rung must come after the one before; all count from the beginning of the silence',
    );
}

export const laddersSchema = z.strictObject({
  /** The customer does not answer the bot. Closing by itself: `closeWhenSilentFor`. */
  customerSilent: ladder(z.discriminatedUnion('do', [steps.tell, steps.close])).default([]),
  /** A human was asked for, and none comes. */
  nobodyComes: ladder(
    z.discriminatedUnion('do', [steps.tell, steps.remind, steps.move, steps.backToBot]),
  ).prefault([{ after: '15m', do: 'remind' }]),
  /** The human does not answer the customer. */
  agentSilent: ladder(
    z.discriminatedUnion('do', [steps.remind, steps.move, steps.backToBot]),
  ).prefault([{ after: '15m', do: 'remind' }]),
  /** The customer does not answer the human. */
  customerSilentWithAgent: ladder(
    z.strictObject({ after: duration, do: z.literal('close') }),
  ).default([]),
});

type Written = z.output<typeof laddersSchema>;

/** As a thread carries them. */
export function toLadders(written: Written): { readonly [L in LadderName]: readonly Rung[] } {
  const toRung = (rung: Written[LadderName][number]): Rung => {
    const { after, do: what } = rung;
    const say = 'say' in rung && rung.say !== undefined ? { say: rung.say } : {};
    return { after, do: what, ...say, ...('category' in rung && { categoryId: rung.category }) };
  };
  return {
    customerSilent: written.customerSilent.map(toRung),
    nobodyComes: written.nobodyComes.map(toRung),
    agentSilent: written.agentSilent.map(toRung),
    customerSilentWithAgent: written.customerSilentWithAgent.map(toRung),
  };
}
