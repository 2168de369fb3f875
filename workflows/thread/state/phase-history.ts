/** Keeps the phase history of a thread: a limited number of the newest entries. */
import type { ThreadState } from './state.js';
import type { PhaseEntry } from '../../contract/phase-history.js';
import { withOwnership } from './ownership.js';

const limit = 60;

/** Called at every change of phase. */
export function enter(state: ThreadState, phaseEntry: PhaseEntry): ThreadState {
  return withOwnership(state, { history: [...state.ownership.history, phaseEntry].slice(-limit) });
}
