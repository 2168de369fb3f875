/**
 * Groups a delivery's events by thread: each thread gets one signal, so that its events stay together and
 * cost one workflow task. Events that concern no thread, or a source that is not configured, are left out.
 */
import { given } from '../../engage/given.js';
import type { Delivery, WebhookEvent } from '../../engage/webhook.js';
import type { ThreadEvents } from '../../temporal/threads.js';
import {
  sdkIdOf,
  type ContentEvent,
  type EngageEvent,
  type InterventionEvent,
  type TaskEvent,
  type ThreadEvent,
} from '../../workflows/contract/index.js';
import { effectOf } from '../../workflows/contract/event-effects.js';

export function groupByThread(
  { domainId, events }: Delivery,
  isOurs: (sourceId: string) => boolean,
): readonly ThreadEvents[] {
  const groups = new Map<string, ThreadEvents>();
  for (const event of events) {
    if (event.about === 'other' || effectOf(event.type) === 'passes') continue;
    const { thread_id: threadId, source_id: sourceId } = event.metadata;
    if (threadId === undefined || (sourceId !== undefined && !isOurs(sourceId))) continue;
    const group = groups.get(threadId);
    const starts = effectOf(event.type) === 'starts' && sourceId !== undefined;
    groups.set(threadId, {
      domainId,
      threadId,
      startOn: group?.startOn ?? (starts ? { sourceId } : undefined),
      events: [...(group?.events ?? []), toEngageEvent(event)],
    });
  }
  return [...groups.values()];
}

/** Converts an event of the platform into the thread's form: only the fields that threads use, if present. */
function toEngageEvent(event: Exclude<WebhookEvent, { about: 'other' }>): EngageEvent {
  const facts = { id: event.id, issuedAt: event.issuedAt, ...given({ userId: event.userId }) };
  switch (event.about) {
    case 'content':
      return isAboutTheThread(event.type)
        ? { ...facts, type: event.type as ThreadEvent['type'] }
        : { ...facts, type: event.type as ContentEvent['type'], content: toContent(event) };
    case 'intervention':
      return {
        ...facts,
        type: event.type as InterventionEvent['type'],
        interventionId: event.resourceId,
        ...given({ ownerId: event.metadata.user_id }),
      };
    case 'task':
      return {
        ...facts,
        type: event.type as TaskEvent['type'],
        taskId: event.resourceId,
        agentIds: event.metadata.agent_ids,
      };
  }
}

function isAboutTheThread(type: string): boolean {
  return type.startsWith('content.thread_');
}

function toContent(event: Extract<WebhookEvent, { about: 'content' }>): ContentEvent['content'] {
  const { metadata } = event;
  return {
    id: event.resourceId,
    sourceId: metadata.source_id,
    body: metadata.body ?? '',
    isPrivate: metadata.private,
    hasAttachment: metadata.has_attachment,
    categoryIds: metadata.category_ids,
    ...(metadata.approval_required && { waitsForApproval: true as const }),
    ...given({
      authorId: metadata.author_id,
      creatorId: metadata.creator_id,
      inReplyToId: metadata.in_reply_to_id,
      foreignId: sdkIdOf({
        foreignId: metadata.foreign_id,
        creatorId: metadata.creator_id,
        status: metadata.status,
      }),
      interventionId: metadata.intervention_id,
      status: metadata.status,
      language: metadata.language,
      payload: metadata.structured_reply?.payload,
      synchronizationStatus: metadata.synchronization_status,
    }),
  };
}
