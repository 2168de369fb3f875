/**
 * Formats resources for the API: times in seconds instead of milliseconds, labels in the agent's language.
 */
import { listCapabilities } from '../platform/structured.js';
import { teamId } from '../seed.js';
import type {
  Attachment,
  Category,
  Comment,
  Content,
  Identity,
  Intervention,
  JournalEntry,
  Source,
  State,
  Task,
  Thread,
  User,
  Webhook,
} from '../state.js';

/** ISO 8601 UTC, second precision. */
export function seconds(time: string): string;
export function seconds(time: string | null): string | null;
export function seconds(time: string | null): string | null {
  return time === null ? null : time.replace(/\.\d+Z$/, 'Z');
}

/** Removes internal fields that the API does not show. */
export function without<T extends object, K extends keyof T>(
  thing: T,
  ...names: readonly K[]
): Omit<T, K> {
  const entries = Object.entries(thing).filter(([name]) => !names.includes(name as K));
  return Object.fromEntries(entries) as Omit<T, K>;
}

export function showContent(content: Content, state: State): object {
  const {
    has_attachment: hasAttachment,
    private: isPrivate,
    ...rest
  } = without(content, 'by', 'attachment_ids');
  const source = state.sources[content.source_id];
  const attachments = hasAttachment ? attachmentsOf(content, state) : [];
  const at = seconds(content.created_at);
  const capabilities = listCapabilities(source?.type ?? '');
  return {
    ...rest,
    private_message: isPrivate,
    source_type: source?.type ?? '',
    source_url: null,
    approval_required: content.approval_required ?? false,
    attachments,
    attachments_count: attachments.length,
    body_formatted: { text: content.body ?? '', html: `<p>${content.body ?? ''}</p>` },
    body_input_format: 'text',
    foreign_categories: [],
    identity_group_id: state.identities[content.author_id]?.identity_group_id ?? null,
    language: content.language ?? 'en',
    published: true,
    remotely_deleted: false,
    synchronization_error: null,
    capabilities_supported: capabilities,
    structured_content_supported: capabilities.length > 0,
    created_at: at,
    updated_at: at,
  };
}

/** The attachments of a reply; for a customer's content a placeholder. */
function attachmentsOf(content: Content, { attachments }: State): readonly object[] {
  const { attachment_ids: ids = [] } = content;
  if (ids.length === 0) return [attachmentOf(content)];
  return ids.flatMap((id) => (attachments[id] ? [showAttachment(attachments[id])] : []));
}

/** Events do not include an attachment's URL; this resource does. */
function attachmentOf({ id, created_at }: Content): object {
  const at = seconds(created_at);
  const file = { filename: 'photo.png', content_type: 'image/png', size: 1024 };
  const url = `https://example.com/attachments/${id}`;
  return { id: `${id}a`, ...file, url, foreign_id: null, created_at: at, updated_at: at };
}

export function showAttachment(attachment: Attachment): object {
  const at = seconds(attachment.created_at);
  const url = `https://example.com/attachments/${attachment.id}`;
  return { ...attachment, url, foreign_id: null, created_at: at, updated_at: at };
}

export function showThread(thread: Thread): object {
  const rest = without(
    thread,
    'identity_id',
    'category_history',
    'categorising_until',
    'input_disabled',
  );
  return {
    ...rest,
    category_ids: thread.thread_category_ids,
    extra_data: {},
    last_content_at: seconds(thread.last_content_at),
    created_at: seconds(thread.created_at),
    updated_at: seconds(thread.updated_at),
  };
}

export function showIntervention(intervention: Intervention, state: State): object {
  const comments = Object.values(state.comments);
  return {
    ...intervention,
    // A translated label, as on a French account, so that no code relies on it.
    status: intervention.closed ? 'Fermée' : intervention.deferred_at ? 'Différée' : 'Ouverte',
    closed_at: seconds(intervention.closed_at),
    deferred_at: seconds(intervention.deferred_at),
    comments_count: comments.filter((one) => one.intervention_id === intervention.id).length,
    identity_group_id: state.identities[intervention.identity_id]?.identity_group_id ?? null,
    created_at: seconds(intervention.created_at),
    updated_at: seconds(intervention.updated_at),
  };
}

export function showComment(comment: Comment): object {
  const at = seconds(comment.created_at);
  return { ...comment, created_at: at, updated_at: at };
}

export function showTask(task: Task): object {
  const rest = without(task, 'queue');
  const at = seconds(task.created_at);
  return {
    ...rest,
    priority: 1,
    accepted_at: null,
    expire_at: null,
    locked_at: null,
    transfered_at: null,
    completed_at: seconds(task.completed_at),
    created_at: at,
    updated_at: at,
  };
}

export function showCategory(category: Category): object {
  const flags = { color: 0, mandatory: false, post_qualification: false, unselectable: false };
  const at = seconds(category.created_at);
  return { ...category, ...flags, source_ids: [], created_at: at, updated_at: at };
}

export function showUser(user: User, { agentStatuses }: State): object {
  const { name, ...rest } = without(user, 'sources', 'can_update_interventions');
  const at = seconds(user.created_at);
  const names = { firstname: name, lastname: '', nickname: name };
  // The only team is the agents'.
  const team_ids = agentStatuses[user.id] ? [teamId] : [];
  return { ...rest, ...names, team_ids, created_at: at, updated_at: at };
}

export function showIdentity(identity: Identity): object {
  const at = seconds(identity.created_at);
  return {
    ...identity,
    screenname: identity.display_name,
    identity_group_id: identity.identity_group_id ?? null,
    type: 'chat/identity',
    extra_values: {},
    created_at: at,
    updated_at: at,
  };
}

export function showSource(source: Source): object {
  const { is_realtime, ...rest } = without(source, 'can_lock');
  const at = seconds(source.created_at);
  return {
    ...rest,
    live_chat: is_realtime,
    status: 'ok',
    time_for_thread_inclusion_enabled: source.time_for_thread_inclusion !== null,
    user_thread_default_category_ids: [],
    created_at: at,
    updated_at: at,
  };
}

export function showWebhook(webhook: Webhook): object {
  const { id, name, url, active, verify_token, registered_events, webhook_status } = webhook;
  const token = { id: 'token', created_at: seconds(webhook.created_at), updated_at: null };
  const fields = { id, name, url, active, verify_token, registered_events, webhook_status };
  return { ...fields, staging_use: false, api_access_token: token };
}

export function showJournalEntry(entry: JournalEntry): object {
  const at = seconds(entry.created_at);
  return { ...entry, created_at: at, updated_at: at };
}
