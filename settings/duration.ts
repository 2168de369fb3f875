/** Parses durations such as `'90s'`, `'5m'`, `'24h'`, `'3 weeks'` to milliseconds. */
import ms, { type StringValue } from 'ms';
import { z } from 'zod';

/** Milliseconds, or `undefined` for an invalid duration. */
export function parseDuration(text: string): number | undefined {
  // `ms` throws for empty and for longer texts, and reads bare numbers as milliseconds.
  if (text.length > 100 || !/[a-z]$/i.test(text)) return undefined;
  const value = ms(text as StringValue) as number | undefined;
  return value !== undefined && Number.isFinite(value) && value >= 0 ? value : undefined;
}

const aDuration = 'expected a duration such as 30s, 5m or 24h';

export const duration = z.string({ error: aDuration }).transform((text, context): number => {
  const value = parseDuration(text);
  if (value !== undefined) return value;
  context.addIssue({ code: 'custom', message: aDuration });
  return z.NEVER;
});
