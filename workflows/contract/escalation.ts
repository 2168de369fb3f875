/** Escalation policies as configured: reminders and actions, by time, while somebody does not answer. */

export const escalationNames = [
  /** Phase `bot`: the customer does not answer. */
  'customerSilent',
  /** Phase `handover`: no human takes the thread. */
  'nobodyComes',
  /** Phase `agent`: the human does not answer the customer. */
  'agentSilent',
  /** Phase `agent`: the customer does not answer the human. */
  'customerSilentWithAgent',
] as const;

export type EscalationName = (typeof escalationNames)[number];

/** `after`: milliseconds since the start of the escalation, not since the previous step. */
export type EscalationStep = {
  readonly after: number;
  readonly do: 'tell' | 'remind' | 'move' | 'backToBot' | 'close';
  /** Text sent to the customer. */
  readonly say?: string;
  /** `move` only: the category of the agents to ask next. */
  readonly categoryId?: string;
};

export type Escalations = { readonly [L in EscalationName]?: readonly EscalationStep[] };
