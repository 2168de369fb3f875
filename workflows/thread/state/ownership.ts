/** Who has the thread: its phase, why and since when. Each change of owner begins a new epoch. */
import type { Phase } from '../../contract/lifecycle.js';
import type { PhaseEntry } from '../../contract/phase-history.js';
import type { Reason } from '../../contract/reason.js';

export type Ownership = {
  readonly phase: Phase;
  readonly reason: Reason | undefined;
  /** The reason in plain words, without customer text. */
  readonly why: string;
  readonly since: number;
  /** The same by the platform’s clock. */
  readonly sinceIssuedAt: number;
  /** Rises with each change of owner; what an older epoch owes is never sent. */
  readonly epoch: number;
  /** Counts conversations on this thread; 0 until the first one begins. */
  readonly episode: number;
  /** Every phase it was in, oldest first; the newest of many. */
  readonly history: readonly PhaseEntry[];
  /** When, by the platform, the last human was done: an older fact of a human moves nothing. */
  readonly humanDoneIssuedAt: number;
  /** When, by the platform, the human who has the thread took it. */
  readonly humanSinceIssuedAt: number | undefined;
  readonly pausedUntil: number | undefined;
};

export function newOwnership(now: number): Ownership {
  return {
    phase: 'closed',
    reason: undefined,
    why: 'nothing has been said yet',
    sinceIssuedAt: 0,
    epoch: 0,
    episode: 0,
    history: [],
    humanDoneIssuedAt: 0,
    humanSinceIssuedAt: undefined,
    pausedUntil: undefined,
    since: now,
  };
}

/** The only way in which this part of the state changes. */
export function withOwnership<S extends { readonly ownership: Ownership }>(
  state: S,
  change: Partial<Ownership>,
): S {
  return { ...state, ownership: { ...state.ownership, ...change } };
}
