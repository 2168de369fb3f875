/**
 * Reduces the replies to the number that one answer may hold. A kit bot answers each content of a burst
 * separately; surplus plain replies that are adjacent are joined as paragraphs.
 */
import { mostReplies } from '../../contract.js';
import type { BotReply } from '../../bot.js';

const isPlain = ({ structured, attachmentIds }: BotReply) => !structured && !attachmentIds;

export function fitted(replies: readonly BotReply[]): readonly BotReply[] {
  const kept = [...replies];
  for (let at = kept.length - 1; at > 0 && kept.length > mostReplies; at -= 1) {
    const [before, after] = [kept[at - 1], kept[at]];
    if (!before || !after || !isPlain(before) || !isPlain(after)) continue;
    kept.splice(at - 1, 2, { body: `${before.body}\n\n${after.body}` });
  }
  return kept;
}
