/**
 * Which events may begin a conversation, and which only reach one that is running.
 *
 * Somebody speaking begins one, a customer or an agent who speaks first; so does a human who takes a
 * thread, for deliveries overtake each other, and the customer's words may still be on their way.
 * Everything else is news about a conversation: without one there is nobody to tell. Event types that are not here concern no
 * thread, change nothing for one, or came after this was written: they pass, acknowledged and unread.
 *
 * Shared by all who hand facts to threads, and by whoever asks whether the webhook brings them.
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

/** What the webhook must be registered for. */
export const wantedEvents = Object.keys(table) as readonly ThreadEventType[];
