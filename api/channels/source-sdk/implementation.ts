/**
 * What Baton says it is when the platform asks (`implementation.info`): objects with their verbs, and
 * options. Contents are pushed, so a list is always empty; it is there because polling asks for it.
 */
const verbs = ['create', 'show', 'list'] as const;

export const implementation = {
  objects: {
    messages: verbs,
    private_messages: verbs,
    threads: verbs,
  },
  options: [
    'view.messaging',
    'messages.text',
    'private_messages.text',
    'threads.no_content',
    'messages.no_title',
    'private_messages.no_title',
    'messages.attachments',
    'messaging.typing_indicator',
    'messaging.queuing_update',
  ],
} as const;
