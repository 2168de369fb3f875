/** Escalation policies as a business writes them: who is reminded, and when, while somebody waits. */

export const escalationNames = [
  /** `bot`: the customer does not answer. */
  'customerSilent',
  /** `handover`: no human comes. */
  'nobodyComes',
  /** `agent`: the human does not answer the customer. */
  'agentSilent',
  /** `agent`: the customer does not answer the human. */
  'customerSilentWithAgent',
] as const;

export type EscalationName = (typeof escalationNames)[number];

/** `after`: milliseconds from the start of the escalation, not from the step before. */
export type EscalationStep = {
  readonly after: number;
  readonly do: 'tell' | 'remind' | 'move' | 'backToBot' | 'close';
  /** What the customer hears. */
  readonly say?: string;
  /** `move`: the category whose humans are asked next. */
  readonly categoryId?: string;
};

export type Escalations = { readonly [L in EscalationName]?: readonly EscalationStep[] };
