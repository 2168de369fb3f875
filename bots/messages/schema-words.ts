/** Basic schemas for fields of structured messages. The limits only protect a thread's size. */
import { z } from 'zod';

/** Displayed text; may be cut later. */
export const anything = z.string().max(10_000);
export const words = anything.refine((text) => text.trim() !== '', { error: 'is blank' });
/** Never cut. */
export const id = z.string().min(1).max(200);

export const picture = { attachment_id: id.optional(), attachment_fallback_id: id.optional() };

export function few<T extends z.ZodType>(item: T) {
  return z.array(item).min(1).max(100);
}
