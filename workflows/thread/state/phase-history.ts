/** Keeps the phases a thread was in: the newest of many. */
import type { ThreadState } from './state.js';
import type { Stretch } from '../../contract/phase-history.js';

/** Written down with every change of phase. */
export function enter(state: ThreadState, stretch: Stretch): ThreadState {
  return { ...state, phases: [...state.phases, stretch].slice(-limit) };
}

export const limit = 60;
