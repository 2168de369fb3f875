/**
 * What the platform's lists say, as the facts its webhooks would have brought. Pure.
 *
 * A content becomes the same fact with the same content id, so a thread that knows it sees a duplicate.
 * A journal entry has its own id and is dated to the second: `isRounded` tells the thread to compare
 * accordingly. What the journal does not say about an entry (`extra_infos` is not guaranteed) is taken
 * from the contents read beside it; an entry whose thread nobody knows has no place.
 */
import { given } from '../../engage/given.js';
import type { JournalEntry, ListedContent } from '../../engage/resources.js';
import type {
  ContentEvent,
  EngageEvent,
  InterventionEvent,
  ThreadEvent,
} from '../../workflows/contract/engage-event.js';
import { tellingId } from '../../workflows/contract/source-sdk-ids.js';

/** A fact and where it belongs, dated by the platform to the second. */
export type PlacedFact = {
  readonly threadId: string;
  readonly sourceId: string | undefined;
  /** Unix milliseconds of the second. */
  readonly at: number;
  readonly event: EngageEvent;
};

/** What of the journal a thread acts on; contents come from their own list, with their words. */
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

/** What was said, and, where it is ours, whether the channel took it. */
export function factsOfContent(content: ListedContent, botUserId: string): readonly PlacedFact[] {
  const { thread_id: threadId, source_id: sourceId, created_at: at } = content;
  const type = saidAs(content);
  if (threadId === undefined || sourceId === undefined || !type) return [];
  const said = toContent(content, sourceId);
  const place = { threadId, sourceId, at };
  const by = content.creator_id === undefined ? {} : { userId: content.creator_id };
  const fact = (as: ContentEvent['type'], what: ContentEvent['content']): PlacedFact => ({
    ...place,
    event: { ...by, id: `${as}:${content.id}`, issuedAt: at, type: as, content: what },
  });
  const { synchronization_status: status } = content;
  const hasOutcome = content.creator_id === botUserId && outcomes.includes(status ?? '');
  if (!hasOutcome || status === undefined) return [fact(type, said)];
  const outcome = { ...said, synchronizationStatus: status };
  return [fact(type, said), fact('content.exported', outcome)];
}

/** By which event it was told of; automatic messages are told of by none that says who spoke. */
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
    ...given({
      authorId: content.author_id,
      creatorId: content.creator_id,
      foreignId: tellingId({
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

/** Threads by the ids of their contents and of the interventions these fall under. */
export type KnownThreads = ReadonlyMap<string, Pick<PlacedFact, 'threadId' | 'sourceId'>>;

export function threadsOf(contents: readonly ListedContent[]): KnownThreads {
  const known = new Map<string, Pick<PlacedFact, 'threadId' | 'sourceId'>>();
  for (const { id, intervention_id: interventionId, thread_id, source_id } of contents) {
    if (thread_id === undefined) continue;
    const place = { threadId: thread_id, sourceId: source_id };
    known.set(id, place);
    if (interventionId !== undefined) known.set(interventionId, place);
  }
  return known;
}

/** `unplaced`: something happened to a thread, and nobody says to which. */
export function factOfEntry(
  entry: JournalEntry,
  known: KnownThreads,
): PlacedFact | 'unplaced' | undefined {
  const type = journalNames.find((name) => name === entry.name);
  if (!type) return undefined;
  const place = placeOf(entry, known);
  const event = toEvent(entry, type);
  if (!place || !event) return 'unplaced';
  return { ...place, at: entry.created_at, event };
}

function placeOf({ extra_infos: infos }: JournalEntry, known: KnownThreads) {
  if (!infos) return undefined;
  const { content_thread_id: threadId, content_source_id: sourceId } = infos;
  if (threadId !== undefined) return { threadId, sourceId };
  return known.get(infos.intervention_id ?? '') ?? known.get(infos.content_id ?? '');
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
