/** Platform events, as the ingress signals them, for tests of the pure core. */
import {
  queueEventType,
  type ContentEvent,
  type ControlEvent,
  type InterventionEvent,
  type QueueEvent,
  type TaskEvent,
} from '../../workflows/contract/engage-event.js';

/** The platform's clock begins here in every core test; ours runs along with it. */
export const start = Date.parse('2026-01-15T09:00:00Z');

type Said = { readonly id: string; readonly at: number; readonly body?: string };

export function customerWrote(said: Said, categoryIds = ['category-bot']): ContentEvent {
  return contentEvent('content.imported', said, {
    authorId: 'identity-ana',
    status: 'new',
    categoryIds,
  });
}

export function agentReplied(said: Said): ContentEvent {
  const by = { authorId: 'identity-brand', creatorId: 'user-agent', status: 'user_reply' };
  return { ...contentEvent('content.replied', said, by), userId: 'user-agent' };
}

/** A human of the brand wrote in the channel's own app. */
export function brandPosted(said: Said): ContentEvent {
  return contentEvent('content.imported', said, {
    authorId: 'identity-brand',
    status: 'user_reply',
  });
}

export function welcomeMessage(said: Said): ContentEvent {
  return contentEvent('content.imported', said, { authorId: 'identity-welcome', status: 'new' });
}

export function ourEcho(said: Said, inReplyToId: string): ContentEvent {
  const by = { authorId: 'identity-brand', creatorId: 'user-bot', status: 'user_reply' };
  return { ...contentEvent('content.replied', said, { ...by, inReplyToId }), userId: 'user-bot' };
}

function contentEvent(
  type: ContentEvent['type'],
  { id, at, body = 'hello' }: Said,
  more: Partial<ContentEvent['content']>,
): ContentEvent {
  const content = {
    id: `content-${id}`,
    sourceId: 'source-chat',
    body,
    isPrivate: true,
    hasAttachment: false,
    categoryIds: [],
    ...more,
  };
  return { id: `event-${type}-${id}`, issuedAt: start + at, type, content };
}

export function interventionEvent(
  type: InterventionEvent['type'],
  { id, at, userId, ownerId }: { id: string; at: number; userId?: string; ownerId?: string },
): InterventionEvent {
  return {
    id: `event-${type}-${id}-${at}`,
    issuedAt: start + at,
    type,
    interventionId: `intervention-${id}`,
    ...(userId !== undefined && { userId }),
    ...(ownerId !== undefined && { ownerId }),
  };
}

export function queueMoved({
  id,
  at,
  ...place
}: {
  id: string;
  at: number;
  position: number;
  waitMs?: number;
}): QueueEvent {
  return { id: `event-queue-${id}`, issuedAt: start + at, type: queueEventType, ...place };
}

export function taskTaken({
  id,
  at,
  agentId,
}: {
  id: string;
  at: number;
  agentId: string;
}): TaskEvent {
  const issuedAt = start + at;
  return { id: `event-task-${id}`, issuedAt, type: 'task.taken', taskId: id, agentIds: [agentId] };
}

/** Facebook's word about the thread control of `ana`. */
export function controlEvent(
  what: 'requested' | 'passed' | 'taken',
  appId: string,
  at: number,
): ControlEvent {
  const type = `messenger.${what}` as const;
  return { id: `${type}:${appId}:${at}`, type, issuedAt: start + at, customerId: 'ana', appId };
}
