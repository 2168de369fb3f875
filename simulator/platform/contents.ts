/**
 * Contents: imported from the channel, or created through the platform and then exported to the channel. A
 * content created here is never imported again; one written in the channel's own app is imported.
 */
import { identities } from '../seed.js';
import type { Content, Identity, PlatformEvent, Source, Thread, User } from '../state.js';
import { letGoAfter, mayWrite } from '../messenger/platform-app.js';
import { emitContent } from './events.js';
import { countReply, customerReturned } from './interventions.js';
import { iso, must, ApiError, type Platform } from './platform.js';
import { findOpenIntervention } from './tasks.js';
import { applyEmergencyRule } from './rules.js';
import { createThread, joinableThread } from './threads.js';

export type CustomerContent = {
  readonly body: string | null;
  readonly payload?: string | undefined;
  readonly hasAttachment: boolean;
  readonly language?: string | undefined;
  /** The account's rules file it as spam: nobody gets work from it. */
  readonly isSpam?: boolean;
  /** Forces this thread, regardless of the inclusion rule. */
  readonly thread?: Thread | undefined;
};

/** A customer writes on the channel. */
export function importContent(
  platform: Platform,
  source: Source,
  identity: Identity,
  said: CustomerContent,
): { content: Content; event: PlatformEvent } {
  const joined = said.thread ?? joinableThread(platform, source, identity);
  if (joined?.closed) throw new ApiError(403, 'forbidden', 'The thread is closed');
  const thread = joined ?? createThread(platform, source, identity, said.body ?? 'Attachment');
  const content = addImported(platform, thread, {
    author_id: identity.id,
    by: `customer:${identity.foreign_id}`,
    body: said.body,
    status: said.isSpam ? 'ignored' : newStatus(platform, thread),
    has_attachment: said.hasAttachment,
    ...(said.payload !== undefined && { structured_reply: { payload: said.payload } }),
    ...(said.language !== undefined && { language: said.language }),
  });
  const event = emitContent(platform, 'content.imported', content);
  if (!said.isSpam) customerReturned(platform, content);
  return { content, event };
}

/** Of a customer's content: under an open intervention it is assigned. */
function newStatus(platform: Platform, thread: Thread): string {
  return findOpenIntervention(platform, thread.id) ? 'assigned' : 'new';
}

/** A custom channel pushes a content by a customer or by a controlled identity. */
export function importFromChannel(
  platform: Platform,
  thread: Thread,
  author: Identity,
  said: {
    readonly foreignId: string;
    readonly body: string | null;
    readonly hasAttachment: boolean;
    readonly payload?: string;
  },
): void {
  const isBrands = author.user_ids.length > 0;
  const content = addImported(platform, thread, {
    author_id: author.id,
    by: `${isBrands ? 'native' : 'customer'}:${author.foreign_id}`,
    body: said.body,
    status: isBrands ? 'user_reply' : newStatus(platform, thread),
    foreign_id: said.foreignId,
    has_attachment: said.hasAttachment,
    ...(said.payload !== undefined && { structured_reply: { payload: said.payload } }),
  });
  emitContent(platform, 'content.imported', content);
  if (!isBrands) customerReturned(platform, content);
}

/** Somebody at the brand wrote in the channel's own app: the content has no user. */
export function importNative(
  platform: Platform,
  thread: Thread,
  body: string,
  of: { readonly by?: string; readonly foreignId?: string } = {},
): Content {
  const content = addImported(platform, thread, {
    author_id: identities.brand,
    by: of.by ?? `native:${identities.brand}`,
    body,
    status: 'user_reply',
    ...(of.foreignId !== undefined && { foreign_id: of.foreignId }),
  });
  emitContent(platform, 'content.imported', content);
  return content;
}

/** The channel's welcome message: imported like all contents, without a human author. */
export function importWelcome(platform: Platform, thread: Thread, body: string): Content {
  const content = addImported(platform, thread, {
    author_id: identities.welcome,
    by: `automatic:${identities.welcome}`,
    body,
    auto_submitted: true,
    status: 'user_initiated',
  });
  emitContent(platform, 'content.imported', content);
  return content;
}

export type NewReply = {
  readonly body: string | null;
  readonly private: boolean;
  readonly structured_content?: unknown;
  readonly attachments?: readonly string[];
  /** An identity of the user other than its first. */
  readonly author_id?: string;
  readonly auto_submitted?: boolean;
  /** The reply waits for the approval of another agent. */
  readonly needs_approval?: boolean;
};

/** A user, agent or bot, replies through the platform. @throws ApiError 403 in a locked thread */
export function createReply(platform: Platform, to: Content, user: User, reply: NewReply): Content {
  const thread = must(platform.state.threads, to.thread_id, 'Thread');
  if (thread.closed) {
    throw new ApiError(403, 'cant_reply_to_closed_thread', 'The thread is closed');
  }
  const rights = user.sources[thread.source_id] ?? [];
  if (!rights.includes('reply')) {
    throw new ApiError(403, 'forbidden', 'You may not reply on this source');
  }
  const { attachments = [] } = reply;
  to.status = to.status === 'new' || to.status === 'assigned' ? 'replied' : to.status;
  return createFor(platform, thread, user, 'content.replied', {
    body: reply.body,
    private: reply.private,
    status: 'user_reply',
    in_reply_to_id: to.id,
    in_reply_to_author_id: to.author_id,
    has_attachment: attachments.length > 0,
    attachment_ids: attachments,
    structured_content: reply.structured_content ?? null,
    auto_submitted: reply.auto_submitted ?? false,
    approval_required: reply.needs_approval ?? rights.includes('approval_required'),
    ...(reply.author_id !== undefined && { author_id: reply.author_id }),
  });
}

/** A user starts a new thread. */
export function initiate(
  platform: Platform,
  source: Source,
  identity: Identity,
  user: User,
  body: string,
): Content {
  const thread = createThread(platform, source, identity, body);
  const said = { body, status: 'user_initiated' };
  return createFor(platform, thread, user, 'content.discussion_initiated', said);
}

function createFor(
  platform: Platform,
  thread: Thread,
  user: User,
  event: string,
  said: Partial<Content> & Pick<Content, 'body' | 'status'>,
): Content {
  const isBot = !platform.state.agentStatuses[user.id];
  const content = add(platform, thread, {
    author_id: user.identity_ids[0] ?? identities.brand,
    ...said,
    creator_id: user.id,
    by: `${isBot ? 'bot' : 'agent'}:${user.name}`,
    created_from: 'interface',
    synchronization_status: 'export_pending',
  });
  countReply(platform, content);
  emitContent(platform, event, content, { userId: user.id });
  if (!content.approval_required) exportLater(platform, content);
  return content;
}

/** Another user approves the reply that waits longest in this thread. @throws ApiError 422 if none waits */
export function approve(platform: Platform, thread: Thread, user: User): Content {
  const content = Object.values(platform.state.contents).find(
    (one) => one.thread_id === thread.id && one.approval_required === true,
  );
  if (!content) throw new ApiError(422, 'validation_error', 'No content waits for approval');
  content.approval_required = false;
  emitContent(platform, 'content.approved', content, { userId: user.id });
  exportLater(platform, content);
  return content;
}

function exportLater(platform: Platform, { id }: Content): void {
  const due = platform.now() + platform.exportDelay;
  platform.later({ due, do: 'export', content_id: id });
}

/** While another app has thread control, it is requested again, ten times quickly and then with growing pauses. */
function exportAgain(platform: Platform, content_id: string, attempt: number): void {
  const first = Math.max(platform.exportDelay, 100);
  const pause = Math.min(first * 2 ** Math.max(0, attempt - 10), 60_000);
  platform.later({ due: platform.now() + pause, do: 'export', content_id, attempt: attempt + 1 });
}

/** The channel has accepted or refused the content: the event is the same. */
export function exportContent(
  platform: Platform,
  contentId: string,
  { hasFailed, attempt = 1 }: { readonly hasFailed?: boolean; readonly attempt?: number } = {},
): void {
  const content = platform.state.contents[contentId];
  if (!content) return;
  if (!mayWrite(platform, content)) {
    exportAgain(platform, content.id, attempt);
    return;
  }
  const isRefused = hasFailed ?? platform.exportFails(content);
  content.synchronization_status = isRefused ? 'export_failure' : 'success';
  const by = content.creator_id === null ? {} : { userId: content.creator_id };
  emitContent(platform, 'content.exported', content, by);
  letGoAfter(platform, content);
}

/** Imported from the channel, after the account's rules have been applied to its thread. */
function addImported(
  platform: Platform,
  thread: Thread,
  said: Partial<Content> & Pick<Content, 'author_id' | 'by' | 'body' | 'status'>,
): Content {
  applyEmergencyRule(platform, thread);
  return add(platform, thread, { ...said, created_from: 'synchronizer' });
}

function add(
  platform: Platform,
  thread: Thread,
  said: Partial<Content> & Pick<Content, 'author_id' | 'by' | 'body' | 'status' | 'created_from'>,
): Content {
  const now = iso(platform.now());
  const source = must(platform.state.sources, thread.source_id, 'Source');
  const content: Content = {
    id: platform.id(),
    thread_id: thread.id,
    source_id: thread.source_id,
    creator_id: null,
    foreign_id: `content-${platform.id()}`,
    type: source.is_realtime ? 'chat/message' : 'message',
    private: true,
    in_reply_to_id: null,
    in_reply_to_author_id: null,
    intervention_id: findOpenIntervention(platform, thread.id)?.id ?? null,
    category_ids: [...thread.thread_category_ids],
    first_in_thread: thread.contents_count === 0,
    has_attachment: false,
    auto_submitted: false,
    structured_content: null,
    structured_reply: null,
    synchronization_status: 'success',
    created_at: now,
    ...said,
  };
  platform.state.contents[content.id] = content;
  Object.assign(thread, { last_content_at: now, updated_at: now });
  thread.contents_count += 1;
  return content;
}
