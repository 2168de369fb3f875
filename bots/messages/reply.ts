/** One reply of a bot, as far as the channel is concerned; part of the contract's `BotReply`. */
import type { Kind, StructuredMessage } from './structured.js';

export type Reply = {
  readonly body: string;
  readonly structured?: StructuredMessage;
  /** Ids of attachments uploaded before. */
  readonly attachmentIds?: readonly string[];
  /** Sent instead of `structured` where the channel cannot show it. */
  readonly fallback?: string;
};

/** Texts that the platform may report for this reply after it was posted: its own, or its replacement. */
export function echoTexts({
  body,
  structured,
}: Pick<Reply, 'body' | 'structured'>): readonly string[] {
  if (body.trim() !== '' || !structured) return [body];
  const named = 'title' in structured ? [structured.title ?? ''] : [];
  return [body, ...named, ...('url' in structured ? [structured.url ?? ''] : [])];
}

const withBody: readonly Kind[] = ['select', 'time_select', 'apple_pay', 'authenticate'];

/** These kinds show the reply's own text; others have their own. */
export function showsBody(kind: Kind): boolean {
  return withBody.includes(kind);
}
