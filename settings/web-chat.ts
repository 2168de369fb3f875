/**
 * Schema of the web chat around the clock: the trigger that shows the chat, and its hours. The platform's
 * automatic triggers open the chat only while an agent is available, or not at all; Baton's script
 * activates this one.
 */
import { z } from 'zod';
import { hoursSchema } from '../engage/availability/hours.js';
import type { WrongSetting } from './settings-error.js';

export const webChatSchema = z.strictObject({
  /** Name of the chat's source in `sources`. */
  source: z.string().min(1),
  /** Id of its manually executed trigger, shown in the trigger's edit URL. */
  triggerId: z.string().regex(/^[\w-]{1,64}$/, 'expected the id in the trigger’s edit URL'),
  /** When the chat is shown; by default always. */
  hours: hoursSchema.optional(),
});
export type WebChat = z.output<typeof webChatSchema>;

/** Minimal schema to compare names, whatever else is wrong with the file. */
const namesSchema = z.object({
  webChat: z.object({ source: z.string() }),
  sources: z.record(z.string(), z.unknown()),
});

/** A web chat whose source is not in the file. */
export function danglingWebChat(config: unknown): readonly WrongSetting[] {
  const parsed = namesSchema.safeParse(config);
  if (!parsed.success) return [];
  const { webChat, sources } = parsed.data;
  if (Object.hasOwn(sources, webChat.source)) return [];
  const names = Object.keys(sources).join(', ') || 'none';
  return [{ setting: 'webChat.source', problem: `unknown source; configured sources: ${names}` }];
}
