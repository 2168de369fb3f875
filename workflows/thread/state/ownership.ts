/** Ownership of the thread: phase, reason and start. Each change of phase begins a new epoch. */
import type { Phase } from '../../contract/lifecycle.js';
import type { PhaseEntry } from '../../contract/phase-history.js';
import type { Reason } from '../../contract/reason.js';

export type Ownership = {
  readonly phase: Phase;
  readonly reason: Reason | undefined;
  /** The reason in plain text, without customer text. */
  readonly why: string;
  readonly since: number;
  /** `since` by the platform's clock. */
  readonly sinceIssuedAt: number;
  /** Rises with each change of phase; outbox items of an older epoch are never sent. */
  readonly epoch: number;
  /** Counts conversations on this thread; 0 until the first one begins. */
  readonly episode: number;
  /** Phase history, oldest first; only the newest entries are kept. */
  readonly history: readonly PhaseEntry[];
  /** Platform time when the last human was done: older events of a human change nothing. */
  readonly humanDoneIssuedAt: number;
  /** Platform time when the present human took the thread. */
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

/** The only function that changes this slice. */
export function withOwnership<S extends { readonly ownership: Ownership }>(
  state: S,
  change: Partial<Ownership>,
): S {
  return { ...state, ownership: { ...state.ownership, ...change } };
}
