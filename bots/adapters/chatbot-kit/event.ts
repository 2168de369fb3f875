/**
 * Builds the kit's event: the platform's `content.imported`, made from a content of the turn and, where it
 * could be read, from the platform's record of it.
 *
 * The event's id is the content's id, so that it is the same in every attempt.
 */
import type { BotContent, BotTurn } from '../../bot.js';

export type KitEvent = {
  readonly type: 'content.imported';
  readonly id: string;
  /** RFC 3339; absent when unknown. */
  readonly issued_at?: string;
  readonly resource: {
    /** `message`, `emails/email`, `twtr/tweet`, … */
    readonly type: string;
    readonly id: string;
    readonly metadata: Readonly<Record<string, unknown>>;
  };
};

/** The platform's JSON of a content. */
export type ReadContent = Readonly<Record<string, unknown>>;

export function createKitEvent(
  turn: BotTurn,
  content: BotContent,
  read: ReadContent = {},
): KitEvent {
  const issuedAt = whenSaid(turn, content, read);
  return {
    type: 'content.imported',
    id: `content.imported-${content.id}`,
    ...(issuedAt !== undefined && { issued_at: issuedAt }),
    resource: {
      type: typeof read['type'] === 'string' ? read['type'] : 'message',
      id: content.id,
      metadata: metadataOf(content, read, issuedAt),
    },
  };
}

/** Uses the webhook's field names where the record's differ. The turn's values take precedence. */
function metadataOf(
  { id, body, hasAttachment, language, payload }: BotContent,
  { private_message: isPrivate, ...read }: ReadContent,
  issuedAt: string | undefined,
): Readonly<Record<string, unknown>> {
  return {
    status: 'new',
    created_from: 'synchronizer',
    creator_id: null,
    ...(issuedAt !== undefined && { date: issuedAt.slice(0, 10) }),
    ...(typeof isPrivate === 'boolean' && { private: isPrivate }),
    ...read,
    id,
    body,
    has_attachment: hasAttachment,
    ...(language !== undefined && { language }),
    ...(payload !== undefined && { structured_reply: { payload } }),
  };
}

function whenSaid({ record }: BotTurn, { id }: BotContent, read: ReadContent): string | undefined {
  const entry = record.findLast(({ contentId }) => contentId === id);
  if (entry) return new Date(entry.issuedAt).toISOString();
  const { created_at: created } = read as { readonly created_at?: unknown };
  return typeof created === 'string' ? created : undefined;
}
