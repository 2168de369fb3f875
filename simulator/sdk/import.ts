/**
 * Imports pushed objects as identities, threads and contents. Objects without a required field are
 * silently ignored, and known ids are not imported again.
 */
import { importFromChannel } from '../platform/contents.js';
import { iso, type Platform } from '../platform/platform.js';
import { createThread } from '../platform/threads.js';
import { communityId, users } from '../seed.js';
import type { Identity, Source, Thread } from '../state.js';

export type PushedUser = {
  readonly id?: string;
  readonly screenname?: string;
  readonly puppetizable?: boolean;
};
export type Pushed = PushedUser & {
  readonly author?: PushedUser;
  readonly body?: string | null;
  readonly thread_id?: string | null;
  readonly attachments?: readonly unknown[] | null;
  readonly structured_content?: unknown;
  readonly structured_reply?: { readonly payload?: string } | null;
};

const bodyLimit = 20_000;

export function importUser(
  platform: Platform,
  source: Source,
  user: PushedUser | undefined,
): Identity | undefined {
  const { state } = platform;
  if (!user?.id || !user.screenname) return undefined;
  const known = Object.values(state.identities).find(
    ({ source_id: of, foreign_id: id }) => of === source.id && id === user.id,
  );
  if (known) return known;
  const identity: Identity = {
    id: platform.id(),
    foreign_id: user.id,
    display_name: user.screenname,
    community_id: communityId,
    user_ids: user.puppetizable === true ? controlledBy(user.id) : [],
    source_id: source.id,
    created_at: iso(platform.now()),
  };
  state.identities[identity.id] = identity;
  return identity;
}

/**
 * Assigns controlled identities, as an administrator would: the bot's to its user, the other to the
 * agents.
 */
function controlledBy(id: string): string[] {
  if (id.endsWith('bot')) return [users.bot];
  return Object.values(users).filter((user) => user !== users.bot);
}

export function importMessage(platform: Platform, source: Source, pushed: Pushed): void {
  const { state } = platform;
  const { id, thread_id: threadId, structured_reply: reply } = pushed;
  const body = pushed.body ?? '';
  const hasAttachment = (pushed.attachments ?? []).length > 0;
  const author = importUser(platform, source, pushed.author);
  const isComplete = id && threadId && author && (body !== '' || hasAttachment);
  if (!isComplete || body.length > bodyLimit) return;
  const isKnown = Object.values(state.contents).some(
    (content) => content.source_id === source.id && content.foreign_id === id,
  );
  if (isKnown) return;
  const thread = threadOf(platform, source, author, threadId, body);
  importFromChannel(platform, thread, author, {
    foreignId: id,
    body: body === '' ? null : body,
    hasAttachment,
    ...(reply?.payload !== undefined && { payload: reply.payload }),
  });
}

/** A locked thread accepts no contents: a new one with the same channel id is created. */
function threadOf(
  platform: Platform,
  source: Source,
  author: Identity,
  foreignId: string,
  title: string,
): Thread {
  const known = Object.values(platform.state.threads).findLast(
    (thread) => thread.source_id === source.id && thread.foreign_id === foreignId && !thread.closed,
  );
  if (known) return known;
  const thread = createThread(platform, source, author, title);
  thread.foreign_id = foreignId;
  return thread;
}
