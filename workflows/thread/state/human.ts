/** A handover from the request to the human’s last word: confirmation, queue, escalation, intervention. */
import type { EscalationProgress } from './escalation.js';
import type { WantedHandover } from './handover-request.js';
import type { KnownIntervention } from './intervention.js';
import type { Queue } from './queue.js';

export type Human = {
  /** A handover is decided, and whether agents are available is being asked. */
  readonly request: WantedHandover | undefined;
  /** The epoch in which the platform was last seen to have made a task of the handover. */
  readonly taskSeenInEpoch: number | undefined;
  readonly confirmation: { readonly since: number; readonly tries: number } | undefined;
  readonly queue: Queue | undefined;
  readonly escalation: EscalationProgress | undefined;
  readonly intervention: KnownIntervention | undefined;
  /** `agent`: the human closed the intervention, and the settle window runs. */
  readonly settling: { readonly since: number; readonly issuedAt: number } | undefined;
  /** The last episode in which a human was asked for, or came. */
  readonly neededIn: number | undefined;
  /** The episode in which we last tried to open one: once is enough. */
  readonly openedInEpisode: number | undefined;
  /** When the bot's own failures led to handovers, oldest first. */
  readonly failedHandovers: readonly number[];
  /** How long the customer had waited when a human last came. */
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

/** The only way in which this part of the state changes. */
export function withHuman<S extends { readonly human: Human }>(
  state: S,
  change: Partial<Human>,
): S {
  return { ...state, human: { ...state.human, ...change } };
}
