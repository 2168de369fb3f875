/** Every event type a webhook can be registered for: the union of the published list and the events guide. */
const names = {
  content: [
    ...['imported', 'replied', 'discussion_initiated', 'approved', 'exported', 'update_exported'],
    ...['thread_closed', 'thread_opened', 'thread_auto_closed'],
  ],
  intervention: [
    ...['opened', 'assigned', 'closed', 'canceled', 'deferred', 'reactivated', 'reopened'],
    ...['user_updated', 'recategorized', 'custom_fields_updated'],
  ],
  intervention_segment: ['summary_generated', 'summary_submitted', 'summary_generation_failed'],
  task: [
    ...['created', 'assigned', 'taken', 'transferred', 'supervisor_assigned', 'resume'],
    ...['completed', 'destroyed', 'expired_from_step', 'expired_from_workbin'],
    ...['recategorized', 'undelivered'],
  ],
  push_agent: [
    ...['connected', 'disconnected', 'reconnected', 'availability_change', 'busyness_change'],
    ...['accept_task', 'request_task', 'missed_task'],
  ],
  identity: ['merged', 'unmerged'],
  survey_response: ['imported'],
};

export const eventNames: ReadonlySet<string> = new Set(
  Object.entries(names).flatMap(([kind, all]) => all.map((name) => `${kind}.${name}`)),
);
