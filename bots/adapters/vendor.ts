/**
 * Shared by the adapters of vendors' platforms: a turn as one message, and Baton's actions in vendor
 * answers.
 */
import { z } from 'zod';
import type { BotAnswer, BotTurn } from '../bot.js';
import { InvalidAnswer } from '../contract.js';

/** Vendor bots receive one message: the burst joined by line breaks; a choice is replaced by its payload. */
export function saidIn({ burst }: Pick<BotTurn, 'burst'>): string {
  return burst.map(({ body, payload }) => payload ?? body).join('\n');
}

/** Actions of Baton in a vendor's answer: `{ "baton": { … } }`. */
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

/** `undefined` without a declaration. @throws InvalidAnswer for an invalid one */
export function declaredIn(custom: unknown): Declared | undefined {
  const has = typeof custom === 'object' && custom !== null && 'baton' in custom;
  return has ? (vendorAnswer(declared, custom).baton as Declared) : undefined;
}

/** Parses a vendor's answer; errors name the place and not the text. @throws InvalidAnswer */
export function vendorAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new InvalidAnswer(`${issue?.path.join('.') || 'the answer'}: ${issue?.message ?? ''}`);
}
