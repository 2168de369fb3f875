/**
 * Baton's answer to `implementation.info`: the objects and verbs it implements, and its options.
 *
 * Typing and structured contents need the messaging view, which allows one kind of message, so private
 * messages are not declared. Threads are declared because messages name theirs; the platform only ever
 * requests `show` and `list` of them, and `create` is declared because Baton pushes threads. Contents are
 * pushed, so a list is always empty; it exists because polling requests it.
 */
const verbs = ['create', 'show', 'list'] as const;

export const implementation = {
  objects: {
    messages: verbs,
    threads: verbs,
  },
  options: [
    'view.messaging',
    'messages.text',
    'messages.no_title',
    'messages.attachments',
    'threads.no_content',
    'messaging.typing_indicator',
    'messaging.queuing_update',
  ],
} as const;
