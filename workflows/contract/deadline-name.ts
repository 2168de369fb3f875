/** Names of a thread's deadlines, as its timers and its card have them. */
export const deadlineNames = [
  'burst-quiet',
  'late-answer',
  'bot-retry',
  'outbox-retry',
  'thread-read',
  'agent-settle',
  'inclusion-expiry',
  'handover-confirm',
  'queue-poll',
  'escalation',
  'customer-silence',
  'retention',
] as const;
export type DeadlineName = (typeof deadlineNames)[number];
