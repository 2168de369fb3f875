/** Threads: assignment of contents, categories, and the lock. */
import type { Identity, Source, State, Thread } from '../state.js';
import { emitThread } from './events.js';
import { iso, must, ApiError, type Platform } from './platform.js';
import { routeAgain } from './tasks.js';

/** Milliseconds that a change of categories takes; further changes get 409 meanwhile. */
const categorisingTakes = 50;
const fourDays = 4 * 24 * 60 * 60 * 1000;

/** The customer's last thread on this source, if a new content still joins it. */
export function joinableThread(
  platform: Platform,
  source: Source,
  identity: Identity,
): Thread | undefined {
  const { time_for_thread_inclusion: seconds } = source;
  const last = Object.values(platform.state.threads)
    .filter(({ source_id, identity_id }) => source_id === source.id && identity_id === identity.id)
    .at(-1);
  if (!last || last.closed || seconds === null) return undefined;
  const age = platform.now() - Date.parse(last.last_content_at);
  return age <= seconds * 1000 ? last : undefined;
}

export function createThread(
  platform: Platform,
  source: Source,
  identity: Identity,
  title: string,
): Thread {
  const now = iso(platform.now());
  const ids = [...source.default_category_ids];
  const thread: Thread = {
    id: platform.id(),
    source_id: source.id,
    title: title.slice(0, 80),
    foreign_id: `thread-${platform.id()}`,
    identity_id: identity.id,
    closed: false,
    thread_category_ids: ids,
    category_history: [{ at: now, ids }],
    categorising_until: 0,
    contents_count: 0,
    interventions_count: 0,
    input_disabled: false,
    last_content_at: now,
    created_at: now,
    updated_at: now,
  };
  platform.state.threads[thread.id] = thread;
  lockWhenForgotten(platform, thread);
  return thread;
}

/** Through the API: one change of categories at a time. @throws ApiError 409 */
export function categoriseByApi(
  platform: Platform,
  thread: Thread,
  categoryIds: readonly string[],
  userId: string,
): void {
  if (thread.categorising_until > platform.now()) {
    throw new ApiError(409, 'conflict', 'The thread is being categorized');
  }
  categorise(platform, thread, categoryIds, userId);
}

/** Replaces the complete set. Only the journal records it: there is no webhook for it. */
export function categorise(
  platform: Platform,
  thread: Thread,
  categoryIds: readonly string[],
  userId?: string,
): void {
  for (const id of categoryIds) must(platform.state.categories, id, 'Category');
  const ids = [...new Set(categoryIds)];
  const at = iso(platform.now());
  thread.thread_category_ids = ids;
  thread.category_history.push({ at, ids });
  thread.updated_at = at;
  thread.categorising_until = platform.now() + categorisingTakes;
  platform.journal('content_thread.recategorized', {
    ...(userId !== undefined && { userId }),
    infos: { content_thread_id: thread.id, category_ids: ids },
  });
  routeAgain(platform, thread);
}

/** An asynchronous job, as on the platform: the answer still shows the old state. */
export function lockLater(platform: Platform, thread: Thread, userId: string): void {
  if (thread.closed || !platform.state.sources[thread.source_id]?.can_lock) {
    throw new ApiError(403, 'forbidden', 'The thread cannot be closed');
  }
  const due = platform.now() + 50;
  platform.later({ due, do: 'lockThread', thread_id: thread.id, user_id: userId });
}

export function openLater(platform: Platform, thread: Thread, userId: string): void {
  if (!thread.closed) throw new ApiError(403, 'forbidden', 'The thread is not closed');
  const due = platform.now() + 50;
  platform.later({ due, do: 'openThread', thread_id: thread.id, user_id: userId });
}

export function setLock(platform: Platform, thread: Thread, closed: boolean, userId: string): void {
  if (thread.closed === closed) return;
  thread.closed = closed;
  if (!closed) lockWhenForgotten(platform, thread);
  const type = closed ? 'content.thread_closed' : 'content.thread_opened';
  emitThread(platform, type, thread, { userId });
}

/** Messaging threads lock after four days without activity, or after the inclusion time if that is longer. */
function lockWhenForgotten(platform: Platform, thread: Thread): void {
  const due = lockDue(platform, thread);
  if (due !== undefined) platform.later({ due, do: 'lockForgotten', thread_id: thread.id });
}

/** Due time of the lock: locks only if there was no activity since. */
export function lockForgotten(platform: Platform, thread: Thread): void {
  if (thread.closed) return;
  if ((lockDue(platform, thread) ?? 0) > platform.now()) {
    lockWhenForgotten(platform, thread);
    return;
  }
  thread.closed = true;
  emitThread(platform, 'content.thread_auto_closed', thread);
}

function lockDue(platform: Platform, thread: Thread): number | undefined {
  const source = platform.state.sources[thread.source_id];
  if (!source?.can_lock) return undefined;
  const inclusion = (source.time_for_thread_inclusion ?? 0) * 1000;
  return Date.parse(thread.last_content_at) + Math.max(inclusion, fourDays);
}

/** The customer's name on the channel. */
export function customerOfThread(
  { threads, identities }: State,
  threadId: string | null,
): string | undefined {
  const thread = threadId === null ? undefined : threads[threadId];
  return thread && identities[thread.identity_id]?.foreign_id;
}
