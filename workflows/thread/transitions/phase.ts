/**
 * Changing the phase: the only place that does. Each change is a legal move of `lifecycle.ts`, raises
 * the ownership epoch, ends the bot's right to speak where it ends, and is written down with its why.
 */
import { isRefusal, move, type Move } from '../../contract/lifecycle.js';
import { dropStale } from '../state/outbox.js';
import { count, note, type ThreadState } from '../state/state.js';
import type { Work } from '../../contract/work.js';
import type { Reason } from '../../contract/reason.js';
import { enter } from '../state/phase-history.js';

export type Change = { readonly why: string; readonly reason?: Reason };

/** The state after `by`; unchanged but for the count and the note when the move is illegal. */
export function changePhase(
  state: ThreadState,
  by: Move,
  change: Change,
  now: number,
): ThreadState {
  const to = move(state.phase, by);
  if (isRefusal(to)) {
    return note(count(state, 'refusedMoves'), now, `refused ${by} in ${state.phase}`, change.why);
  }
  const reason = change.reason ?? by;
  const moved: ThreadState = {
    ...enter(state, { phase: to, since: now, reason, why: change.why }),
    phase: to,
    reason,
    why: change.why,
    phaseSince: now,
    phaseSinceIssuedAt: state.newestIssuedAt,
    epoch: state.epoch + 1,
    settling: undefined,
    wanted: undefined,
    unconfirmed: undefined,
    unanswered: [],
    superseded: 0,
    // Whoever ends the human's part: what the human did until then moves nothing any more.
    ...(state.phase === 'agent' && {
      humanDoneIssuedAt: state.signIssuedAt,
      humanSinceIssuedAt: undefined,
    }),
    turn: undefined,
    ...((to === 'handover' || to === 'agent') && { humanNeededIn: state.episode }),
    ...(to === 'handover' && { queue: undefined }),
    ...(state.phase === 'handover' && by === 'agentEngaged' && { waited: now - state.phaseSince }),
    // What the bot waited to hear more of is a human's now, or over, or begins anew.
    waiting: to === 'agent' || to === 'closed' ? [] : state.waiting,
    bidesUntil: undefined,
    bided: 0,
    work: isThought(state.work) ? undefined : state.work,
  };
  return note(dropStale(moved), now, `${state.phase} → ${to}`, change.why);
}

const thoughts: readonly Work['do'][] = ['askBot', 'callTool', 'checkDesk', 'findPlace'];

/** Work that only prepares a decision: with the phase its question is gone. */
export function isThought(work: Work | undefined): boolean {
  return work !== undefined && thoughts.includes(work.do);
}

/** Nobody can reply to a locked thread. */
export function lockThread(state: ThreadState, now: number): ThreadState {
  if (state.phase === 'closed') return state;
  return changePhase(state, 'threadLocked', { why: 'the thread is locked on the platform' }, now);
}
