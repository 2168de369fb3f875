/**
 * Validates an endpoint's `implementation.info` by the documented rules: the messaging view allows one
 * kind of message, text only, and typing needs that view. How the platform handles an invalid answer is
 * not documented; here it is refused.
 */
import { z } from 'zod';

export const implementationSchema = z.object({
  objects: z.record(z.string(), z.array(z.string())),
  options: z.array(z.string()).default([]),
});
export type Implementation = z.output<typeof implementationSchema>;

const view = 'view.messaging';

export function implementationFlaw({ objects, options }: Implementation): string | undefined {
  if (options.includes('messaging.typing_indicator') && !options.includes(view)) {
    return `messaging.typing_indicator needs ${view}`;
  }
  if (!options.includes(view)) return undefined;
  const kinds = ['messages', 'private_messages'].filter((kind) => kind in objects);
  if (kinds.length !== 1) return `${view} needs messages or private_messages, and one of them only`;
  if (options.some((option) => option.endsWith('.html'))) return `${view} has text only`;
  return undefined;
}
