/**
 * Which event types start a thread's workflow, and which only reach a running one.
 *
 * A workflow is started by a content of a customer or an agent, and by a human taking a thread:
 * deliveries overtake each other, so the customer's content may still be on its way. All other events
 * only report changes of an existing conversation and are dropped if no workflow runs. Event types not
 * listed here concern no thread, change nothing, or are newer than this file: they are acknowledged
 * and ignored.
 *
 * Used by everything that hands events to threads, and by the check of which events the webhook
 * delivers.
 */
import type {
  contentEventTypes,
  interventionEventTypes,
  taskEventTypes,
  threadEventTypes,
} from './engage-event.js';

type ThreadEventType =
  | (typeof contentEventTypes)[number]
  | (typeof interventionEventTypes)[number]
  | (typeof taskEventTypes)[number]
  | (typeof threadEventTypes)[number];

const table = {
  'content.imported': 'starts',
  'content.replied': 'starts',
  'content.discussion_initiated': 'starts',
  'content.approved': 'reaches',
  'content.exported': 'reaches',
  'content.thread_closed': 'reaches',
  'content.thread_auto_closed': 'reaches',
  'content.thread_opened': 'reaches',
  'intervention.opened': 'starts',
  'intervention.assigned': 'starts',
  'intervention.closed': 'reaches',
  'intervention.canceled': 'reaches',
  'intervention.deferred': 'reaches',
  'intervention.reactivated': 'reaches',
  'intervention.reopened': 'reaches',
  'intervention.user_updated': 'starts',
  'task.created': 'reaches',
  'task.assigned': 'reaches',
  'task.recategorized': 'reaches',
  'task.undelivered': 'reaches',
  'task.taken': 'starts',
} as const satisfies Record<ThreadEventType, 'starts' | 'reaches'>;

export function effectOf(type: string): 'starts' | 'reaches' | 'passes' {
  return Object.hasOwn(table, type) ? table[type as ThreadEventType] : 'passes';
}

/** The events for which the webhook must be registered. */
export const wantedEvents = Object.keys(table) as readonly ThreadEventType[];
