/** One thing said by a bot, as far as a channel is concerned; `BotReply` of the contract. */
import type { Kind, StructuredMessage } from './structured.js';

export type Reply = {
  readonly body: string;
  readonly structured?: StructuredMessage;
  /** Uploaded on the platform before. */
  readonly attachmentIds?: readonly string[];
  /** Said instead of `structured` where the channel cannot show it. */
  readonly fallback?: string;
};

/** What the platform may say the text of a posted one is: its own, or what stands for it. */
export function tellings({
  body,
  structured,
}: Pick<Reply, 'body' | 'structured'>): readonly string[] {
  if (body.trim() !== '' || !structured) return [body];
  const named = 'title' in structured ? [structured.title ?? ''] : [];
  return [body, ...named, ...('url' in structured ? [structured.url ?? ''] : [])];
}

const withBody: readonly Kind[] = ['select', 'time_select', 'apple_pay', 'authenticate'];

/** These show the reply's own text; the others bring theirs. */
export function showsBody(kind: Kind): boolean {
  return withBody.includes(kind);
}
