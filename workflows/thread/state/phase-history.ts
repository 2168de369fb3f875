/** Keeps the phases a thread was in: the newest of many. */
import type { ThreadState } from './state.js';
import type { Stretch } from '../../contract/phase-history.js';
import { withOwnership } from './ownership.js';

/** Written down with every change of phase. */
export function enter(state: ThreadState, stretch: Stretch): ThreadState {
  return withOwnership(state, { history: [...state.ownership.history, stretch].slice(-limit) });
}

export const limit = 60;
