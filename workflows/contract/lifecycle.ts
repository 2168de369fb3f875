/**
 * The life of a thread: four phases, and every move between them. Read this first.
 *
 *   bot       our bot answers
 *   handover  a human was asked for, nobody has engaged yet; the bot is silent
 *   agent     a human has the thread; the bot is silent
 *   closed    nothing is owed to anybody (also how every thread is born)
 *
 * `move` is pure and total: a move the table does not list is a typed refusal, never an exception
 * and never silent (`core.ts` counts it and the thread logs it).
 */
export const phases = ['bot', 'handover', 'agent', 'closed'] as const;
export type Phase = (typeof phases)[number];

export const moves = {
  bot: {
    handoverAsked: 'handover',
    categoryChanged: 'handover',
    botDeactivated: 'handover',
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
/** Why a thread moves. Also its reason (`BatonReason`) until it moves again. */
export type Move = { [P in Phase]: MovesOf<P> }[Phase];

export const allMoves = [
  ...new Set(phases.flatMap((phase) => Object.keys(moves[phase]))),
] as readonly Move[];

/** What is answered instead of an illegal move. */
export type Refusal = { readonly refused: Move; readonly phase: Phase };

/** The phase `reason` leads to from `phase`, or the refusal that says it leads nowhere. */
export function move(phase: Phase, reason: Move): Phase | Refusal {
  const legal: Partial<Record<Move, Phase>> = moves[phase];
  return legal[reason] ?? { refused: reason, phase };
}

export function isRefusal(outcome: Phase | Refusal): outcome is Refusal {
  return typeof outcome !== 'string';
}

/** Who may speak to the customer changes when a move crosses this line. */
export function hasBot(phase: Phase): boolean {
  return phase === 'bot';
}
