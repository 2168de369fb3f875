/**
 * The life of a thread: four phases, and every move between them. Read this first.
 *
 *   bot       our bot answers
 *   handover  a human was asked for and none has engaged yet; the bot is silent
 *   agent     a human has the thread; the bot is silent
 *   closed    the conversation is closed (also the initial phase of every thread)
 *
 * `move` is pure and total: for a move that the table does not list it returns a typed refusal and never
 * throws. `transitions/phase.ts` counts and logs each refusal.
 */
export const phases = ['bot', 'handover', 'agent', 'closed'] as const;
export type Phase = (typeof phases)[number];

export const moves = {
  bot: {
    handoverAsked: 'handover',
    categoryChanged: 'handover',
    agentEngaged: 'agent',
    operatorTookOver: 'agent',
    solved: 'closed',
    customerSilent: 'closed',
    operatorClosed: 'closed',
    threadLocked: 'closed',
  },
  handover: {
    agentEngaged: 'agent',
    operatorTookOver: 'agent',
    handoverFailed: 'bot',
    handoverCancelled: 'bot',
    categoryReturned: 'bot',
    nobodyCame: 'bot',
    operatorReturned: 'bot',
    operatorClosed: 'closed',
    threadLocked: 'closed',
  },
  agent: {
    categoryReturned: 'bot',
    operatorReturned: 'bot',
    agentSilent: 'bot',
    interventionSettled: 'closed',
    customerSilent: 'closed',
    operatorClosed: 'closed',
    threadLocked: 'closed',
  },
  closed: {
    customerWrote: 'bot',
    reopenedToBot: 'bot',
    reopenedToAgent: 'agent',
    agentEngaged: 'agent',
    operatorTookOver: 'agent',
  },
} as const satisfies Record<Phase, Record<string, Phase>>;

type MovesOf<P extends Phase> = keyof (typeof moves)[P];
/** Reason for a move. Stays the thread's reason (`BatonReason`) until the next move. */
export type Move = { [P in Phase]: MovesOf<P> }[Phase];

export const allMoves = [
  ...new Set(phases.flatMap((phase) => Object.keys(moves[phase]))),
] as readonly Move[];

/** Result of an illegal move. */
export type RefusedMove = { readonly refused: Move; readonly phase: Phase };

/** Returns the phase that `reason` leads to from `phase`, or a refusal if the table has no such move. */
export function move(phase: Phase, reason: Move): Phase | RefusedMove {
  const legal: Partial<Record<Move, Phase>> = moves[phase];
  return legal[reason] ?? { refused: reason, phase };
}

export function isRefused(outcome: Phase | RefusedMove): outcome is RefusedMove {
  return typeof outcome !== 'string';
}
