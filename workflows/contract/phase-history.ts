/** The phases a thread was in, as stretches of time: the newest of many, for those who read its story. */
import type { Phase } from './lifecycle.js';
import type { Reason, ThreadState } from '../thread/state/state.js';

/** A phase from when it began, and why it did. */
export type Stretch = {
  readonly phase: Phase;
  readonly since: number;
  readonly reason: Reason;
  readonly why: string;
};

const limit = 60;

/** Written down with every change of phase. */
export function enter(state: ThreadState, stretch: Stretch): ThreadState {
  return { ...state, phases: [...state.phases, stretch].slice(-limit) };
}
