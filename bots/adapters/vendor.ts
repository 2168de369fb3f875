/** What adapters of vendors' platforms share: how a turn becomes one message, and what a bot declares. */
import { z } from 'zod';
import type { BotAnswer, BotTurn } from '../bot.js';
import { InvalidAnswer } from '../contract.js';

/** A vendor's bot hears one message: a burst joined by line ends; what was chosen counts by its payload. */
export function saidIn({ burst }: Pick<BotTurn, 'burst'>): string {
  return burst.map(({ body, payload }) => payload ?? body).join('\n');
}

/** How a vendor's bot says to Baton what its platform has no word for: `{ "baton": { … } }`. */
export const declared = z.object({
  baton: z.object({
    isSolved: z.boolean().optional(),
    handOver: z
      .object({
        because: z.enum(['customerAsked', 'botGaveUp']).default('customerAsked'),
        reason: z.string().optional(),
        fields: z.record(z.string(), z.string()).optional(),
      })
      .optional(),
    customerProfile: z.record(z.string(), z.string()).optional(),
  }),
});
export type Declared = Partial<Pick<BotAnswer, 'isSolved' | 'handOver' | 'customerProfile'>>;

/** `undefined` where nothing is declared. @throws InvalidAnswer where it is declared wrongly */
export function declaredIn(custom: unknown): Declared | undefined {
  const has = typeof custom === 'object' && custom !== null && 'baton' in custom;
  return has ? (vendorAnswer(declared, custom).baton as Declared) : undefined;
}

/** A vendor's answer, or what is wrong with it, by its place and without its words. @throws InvalidAnswer */
export function vendorAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidAnswer(`${issue?.path.join('.') || 'the answer'}: ${issue?.message ?? ''}`);
}
