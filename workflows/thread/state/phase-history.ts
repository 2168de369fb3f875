/** Keeps the phases a thread was in: the newest of many. */
import type { ThreadState } from './state.js';
import type { PhaseEntry } from '../../contract/phase-history.js';
import { withOwnership } from './ownership.js';

/** Written down with every change of phase. */
export function enter(state: ThreadState, phaseEntry: PhaseEntry): ThreadState {
  return withOwnership(state, { history: [...state.ownership.history, phaseEntry].slice(-limit) });
}

export const limit = 60;
