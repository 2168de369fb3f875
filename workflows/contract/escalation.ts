/** Escalation policies as a business writes them: who is reminded, and when, while somebody waits. */

export const ladderNames = [
  /** `bot`: the customer does not answer. */
  'customerSilent',
  /** `handover`: no human comes. */
  'nobodyComes',
  /** `agent`: the human does not answer the customer. */
  'agentSilent',
  /** `agent`: the customer does not answer the human. */
  'customerSilentWithAgent',
] as const;

export type LadderName = (typeof ladderNames)[number];

/** `after`: milliseconds from the ladder's foot, not from the rung before. */
export type Rung = {
  readonly after: number;
  readonly do: 'tell' | 'remind' | 'move' | 'backToBot' | 'close';
  /** What the customer hears. */
  readonly say?: string;
  /** `move`: the category whose humans are asked next. */
  readonly categoryId?: string;
};

export type Ladders = { readonly [L in LadderName]?: readonly Rung[] };
