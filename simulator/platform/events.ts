/** Builds webhook events, with the metadata that the platform documents for each resource. */
import type { Content, Intervention, PlatformEvent, Task, Thread } from '../state.js';
import type { Platform } from './platform.js';
import { listCapabilities } from './structured.js';

type By = { readonly userId?: string };

export function emitContent(
  platform: Platform,
  type: string,
  content: Content,
  { userId }: By = {},
): PlatformEvent {
  const hasOutcome = type === 'content.exported' || type === 'content.update_exported';
  const outcome = { synchronization_status: content.synchronization_status };
  const metadata = { ...contentMetadata(platform, content), ...(hasOutcome && outcome) };
  return platform.emit({
    type,
    ...(userId !== undefined && { user_id: userId }),
    resource: { type: content.type, id: content.id, metadata },
  });
}

function contentMetadata({ state }: Platform, content: Content): Record<string, unknown> {
  const { type = '' } = state.sources[content.source_id] ?? {};
  const capabilities = listCapabilities(type);
  return {
    approval_required: content.approval_required ?? false,
    author_id: content.author_id,
    body: content.body,
    body_input_format: 'text',
    category_ids: content.category_ids,
    created_from: content.created_from,
    creator_id: content.creator_id,
    // The date without time, as on the platform: useless for ordering.
    date: content.created_at.slice(0, 10),
    first_in_thread: content.first_in_thread,
    foreign_categories: [],
    foreign_id: content.foreign_id,
    has_attachment: content.has_attachment,
    in_reply_to_author_id: content.in_reply_to_author_id,
    in_reply_to_id: content.in_reply_to_id,
    intervention_id: content.intervention_id,
    language: content.language ?? 'en',
    private: content.private,
    source_id: content.source_id,
    source_type: type,
    status: content.status,
    thread_id: content.thread_id,
    thread_title: state.threads[content.thread_id]?.title ?? '',
    context_data: null,
    structured_content_supported: capabilities.length > 0,
    capabilities_supported: capabilities,
    ...(content.structured_reply && { structured_reply: content.structured_reply }),
  };
}

/** The thread itself was locked or unlocked; the resource is its last content. */
export function emitThread(platform: Platform, type: string, thread: Thread, by: By = {}): void {
  const contents = Object.values(platform.state.contents);
  const last = contents.filter(({ thread_id: id }) => id === thread.id).at(-1);
  if (last) emitContent(platform, type, last, by);
}

export function emitIntervention(
  platform: Platform,
  type: string,
  intervention: Intervention,
  { userId }: By = {},
): void {
  platform.emit({
    type,
    ...(userId !== undefined && { user_id: userId }),
    resource: {
      type: 'intervention',
      id: intervention.id,
      metadata: {
        source_id: intervention.source_id,
        thread_id: intervention.thread_id,
        user_id: intervention.user_id,
        identity_id: intervention.identity_id,
        category_ids: intervention.category_ids,
        // Null even when it has just been closed, as in the published samples.
        closed_at: null,
        deferred_at: intervention.deferred_at,
        custom_field_values: intervention.custom_fields,
      },
    },
  });
}

export function emitTask(
  platform: Platform,
  type: string,
  task: Task,
  more: By & { readonly action?: 'deferred' | 'closed' } = {},
): void {
  const thread = platform.state.threads[task.thread_id];
  platform.emit({
    type,
    ...(more.userId !== undefined && { user_id: more.userId }),
    ...(more.action !== undefined && { action: more.action }),
    resource: {
      type: 'task',
      id: task.id,
      metadata: {
        created_at: task.created_at,
        channel_id: task.channel_id,
        source_id: thread?.source_id ?? '',
        priority: 1,
        content_id: task.content_id,
        intervention_id: task.intervention_id,
        agent_ids: task.agent_ids,
        identity_id: thread?.identity_id ?? '',
        queue: task.queue,
        thread_id: task.thread_id,
        language: 'en',
        segment_index: 1,
        ...(more.action !== undefined && { action: more.action }),
        ...(type === 'task.taken' && { type: 'ring' }),
      },
    },
  });
}
