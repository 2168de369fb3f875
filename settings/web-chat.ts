/**
 * The web chat around the clock: which of the platform's triggers shows it, and when. The platform's
 * own triggers open the chat only while an agent is there, or not at all; this one Baton's script does.
 */
import { z } from 'zod';
import { hoursSchema } from '../engage/availability/hours.js';
import type { WrongSetting } from './settings-error.js';

export const webChatSchema = z.strictObject({
  /** Which of `sources` the chat is of. */
  source: z.string().min(1),
  /** The id of its manually executed trigger: it is in the trigger's edit URL. */
  triggerId: z.string().regex(/^[\w-]{1,64}$/, 'expected the id in the trigger’s edit URL'),
  /** When the chat is shown; without it around the clock. */
  hours: hoursSchema.optional(),
});
export type WebChat = z.output<typeof webChatSchema>;

/** Just enough of the file's shape to compare names, whatever else is wrong with it. */
const namesSchema = z.object({
  webChat: z.object({ source: z.string() }),
  sources: z.record(z.string(), z.unknown()),
});

/** A web chat of a source that is not in the file. */
export function danglingWebChat(config: unknown): readonly WrongSetting[] {
  const parsed = namesSchema.safeParse(config);
  if (!parsed.success) return [];
  const { webChat, sources } = parsed.data;
  if (Object.hasOwn(sources, webChat.source)) return [];
  const known = Object.keys(sources).join(', ') || 'none';
  return [{ setting: 'webChat.source', problem: `no such source; there are: ${known}` }];
}
