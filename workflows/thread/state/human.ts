/**
 * A handover from its request to the human's last content: confirmation, queue, escalation,
 * intervention.
 */
import type { EscalationProgress } from './escalation.js';
import type { WantedHandover } from './handover-request.js';
import type { TrackedIntervention } from './intervention.js';
import type { Queue } from './queue.js';

export type Human = {
  /** A handover is decided, and agent availability is being checked. */
  readonly request: WantedHandover | undefined;
  /** The ownership epoch in which the platform was last seen to create a task for the handover. */
  readonly taskSeenInEpoch: number | undefined;
  readonly confirmation: { readonly since: number; readonly tries: number } | undefined;
  readonly queue: Queue | undefined;
  readonly escalation: EscalationProgress | undefined;
  readonly intervention: TrackedIntervention | undefined;
  /** Phase `agent`: the human closed the intervention, and the settle window runs. */
  readonly settling: { readonly since: number; readonly issuedAt: number } | undefined;
  /** The last episode in which a human was requested or took the thread. */
  readonly neededIn: number | undefined;
  /** The episode in which the bot last tried to open an intervention; it tries once per episode. */
  readonly openedInEpisode: number | undefined;
  /** Replies of agents that wait for approval, oldest first. */
  readonly waitingReplies?:
    readonly { readonly contentId: string; readonly issuedAt: number }[] | undefined;
  /** Customers who were sent `texts.emergency` since the bot last answered. */
  readonly emergencyNoticeSentTo?: readonly string[] | undefined;
  /** Times of handovers caused by the bot's own failures, oldest first. */
  readonly failedHandovers: readonly number[];
  /** How long the customer waited for the last human, in milliseconds. */
  readonly waited: number | undefined;
};

export const newHuman: Human = {
  request: undefined,
  taskSeenInEpoch: undefined,
  confirmation: undefined,
  queue: undefined,
  escalation: undefined,
  intervention: undefined,
  settling: undefined,
  neededIn: undefined,
  openedInEpisode: undefined,
  failedHandovers: [],
  waited: undefined,
};

/** The only function that changes this slice. */
export function withHuman<S extends { readonly human: Human }>(
  state: S,
  change: Partial<Human>,
): S {
  return { ...state, human: { ...state.human, ...change } };
}
