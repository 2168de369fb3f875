/**
 * What Baton says it is when the platform asks (`implementation.info`): objects with their verbs, and
 * options.
 *
 * The messaging view, which typing and structured contents need, allows one kind of message, so private
 * ones are not declared. Threads must be, for messages name theirs; without content of their own only
 * `show` and `list` of them are ever asked, and `create` stays declared because we push them. Contents
 * are pushed, so a list is always empty; it is there because polling asks for it.
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
