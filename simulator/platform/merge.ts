/**
 * An agent merges a thread into another: its contents, interventions and comments move there, its tasks end, and the
 * emptied thread is gone (404). No webhook reports it.
 *
 * The published API has no call or event for this. What is simulated is the least that a bot must survive: contents
 * keep their ids and belong to another thread from then on.
 */
import type { Thread } from '../state.js';
import { ApiError, type Platform } from './platform.js';
import { destroyTasks } from './tasks.js';

/** @throws ApiError 422 for the same thread, or one of another source */
export function mergeThreads(platform: Platform, from: Thread, into: Thread, userId: string): void {
  if (from.id === into.id || from.source_id !== into.source_id) {
    throw new ApiError(422, 'validation_error', 'Only two threads of one source can be merged');
  }
  const { state } = platform;
  const infos = { content_thread_id: from.id, into_content_thread_id: into.id };
  platform.journal('content_thread.merged', { userId, infos });
  destroyTasks(platform, { threadId: from.id }, userId);
  const moved: readonly { thread_id: string }[] = [
    ...Object.values(state.contents),
    ...Object.values(state.interventions),
    ...Object.values(state.comments),
  ];
  for (const thing of moved) if (thing.thread_id === from.id) thing.thread_id = into.id;
  into.contents_count += from.contents_count;
  into.interventions_count += from.interventions_count;
  if (from.last_content_at > into.last_content_at) into.last_content_at = from.last_content_at;
  const { [from.id]: _gone, ...rest } = state.threads;
  state.threads = rest;
}
