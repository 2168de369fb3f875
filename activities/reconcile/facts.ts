/**
 * Maps the platform's lists to the events that webhooks would have delivered. Pure.
 *
 * A content becomes an event with the same content id, so that a thread recognises it as a duplicate.
 * A journal entry has its own id and is precise to the second: `isRounded` makes the thread compare
 * accordingly. Data missing in an entry (`extra_infos` is not guaranteed) is taken from the contents
 * read beside it; an entry whose thread stays unknown is left out.
 */
import { given } from '../../engage/given.js';
import type { JournalEntry, ListedContent } from '../../engage/resources.js';
import type {
  ContentEvent,
  EngageEvent,
  InterventionEvent,
  ThreadEvent,
} from '../../workflows/contract/engage-event.js';
import { sdkIdOf } from '../../workflows/contract/source-sdk-ids.js';

/** An event with its thread and source; its time is precise to the second. */
export type ThreadFact = {
  readonly threadId: string;
  readonly sourceId: string | undefined;
  /** Unix milliseconds of the second. */
  readonly at: number;
  readonly event: EngageEvent;
};

/** Journal entries that matter to a thread; contents are read from their own list, with their text. */
export const journalNames = [
  'intervention.opened',
  'intervention.assigned',
  'intervention.closed',
  'intervention.canceled',
  'intervention.deferred',
  'intervention.reactivated',
  'intervention.reopened',
  'intervention.user_updated',
  'task.taken',
  'content.thread_closed',
  'content.thread_auto_closed',
  'content.thread_opened',
] as const satisfies readonly EngageEvent['type'][];

const outcomes = ['success', 'export_failure', 'export_aborted'];

/** Events of a content: it was written, and, if it is ours, whether the channel accepted it. */
export function factsOfContent(content: ListedContent, botUserId: string): readonly ThreadFact[] {
  const { thread_id: threadId, source_id: sourceId, created_at: at } = content;
  const type = saidAs(content);
  if (threadId === undefined || sourceId === undefined || !type) return [];
  const said = toContent(content, sourceId);
  const base = { threadId, sourceId, at };
  const by = content.creator_id === undefined ? {} : { userId: content.creator_id };
  const fact = (as: ContentEvent['type'], what: ContentEvent['content']): ThreadFact => ({
    ...base,
    event: { ...by, id: `${as}:${content.id}`, issuedAt: at, type: as, content: what },
  });
  const { synchronization_status: status } = content;
  const hasOutcome = content.creator_id === botUserId && outcomes.includes(status ?? '');
  if (!hasOutcome || status === undefined) return [fact(type, said)];
  const outcome = { ...said, synchronizationStatus: status };
  return [fact(type, said), fact('content.exported', outcome)];
}

/** The type of the event that reported the content; undefined for automated messages. */
function saidAs(content: ListedContent): ContentEvent['type'] | undefined {
  const { creator_id: creatorId, created_from: from, auto_submitted: isAutomatic } = content;
  if (creatorId === undefined) return isAutomatic ? undefined : 'content.imported';
  if (from === 'synchronizer') return 'content.imported';
  return content.status === 'user_initiated' ? 'content.discussion_initiated' : 'content.replied';
}

function toContent(content: ListedContent, sourceId: string): ContentEvent['content'] {
  return {
    id: content.id,
    sourceId,
    body: content.body ?? '',
    isPrivate: content.private_message,
    hasAttachment: (content.attachments_count ?? 0) > 0,
    categoryIds: content.category_ids,
    ...(content.approval_required && { waitsForApproval: true as const }),
    ...given({
      authorId: content.author_id,
      creatorId: content.creator_id,
      foreignId: sdkIdOf({
        foreignId: content.foreign_id,
        creatorId: content.creator_id,
        status: content.status,
      }),
      inReplyToId: content.in_reply_to_id,
      interventionId: content.intervention_id,
      status: content.status,
      language: content.language,
      payload: content.structured_reply?.payload,
    }),
  };
}

/** Threads by the ids of their contents and of the interventions of those. */
export type ThreadIndex = ReadonlyMap<string, Pick<ThreadFact, 'threadId' | 'sourceId'>>;

export function threadsOf(contents: readonly ListedContent[]): ThreadIndex {
  const index = new Map<string, Pick<ThreadFact, 'threadId' | 'sourceId'>>();
  for (const { id, intervention_id: interventionId, thread_id, source_id } of contents) {
    if (thread_id === undefined) continue;
    const thread = { threadId: thread_id, sourceId: source_id };
    index.set(id, thread);
    if (interventionId !== undefined) index.set(interventionId, thread);
  }
  return index;
}

/** `unassigned`: an event of a thread whose id is not given. */
export function factOfEntry(
  entry: JournalEntry,
  index: ThreadIndex,
): ThreadFact | 'unassigned' | undefined {
  const type = journalNames.find((name) => name === entry.name);
  if (!type) return undefined;
  const thread = threadOf(entry, index);
  const event = toEvent(entry, type);
  if (!thread || !event) return 'unassigned';
  return { ...thread, at: entry.created_at, event };
}

function threadOf({ extra_infos: infos }: JournalEntry, index: ThreadIndex) {
  if (!infos) return undefined;
  const { content_thread_id: threadId, content_source_id: sourceId } = infos;
  if (threadId !== undefined) return { threadId, sourceId };
  return index.get(infos.intervention_id ?? '') ?? index.get(infos.content_id ?? '');
}

function toEvent(
  { id, user_id: userId, created_at: issuedAt, extra_infos: infos }: JournalEntry,
  type: (typeof journalNames)[number],
): EngageEvent | undefined {
  const facts = { id, issuedAt, isRounded: true as const, ...given({ userId }) };
  if (type === 'task.taken') {
    const taskId = infos?.task_id;
    return taskId === undefined ? undefined : { ...facts, type, taskId, agentIds: [] };
  }
  if (type.startsWith('content.')) return { ...facts, type: type as ThreadEvent['type'] };
  const interventionId = infos?.intervention_id;
  if (interventionId === undefined) return undefined;
  const ownerId = infos?.user_id;
  return {
    ...facts,
    type: type as InterventionEvent['type'],
    interventionId,
    ...given({ ownerId }),
  };
}
