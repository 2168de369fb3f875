/**
 * Handles events of the platform's unit of handling: which human has the thread and when they are
 * done.
 *
 * The acting user (`userId`) and the owner (`ownerId`) differ: a customer's new content reopens an
 * intervention in its last owner's name, which engages no agent. Only an act of a human does.
 */
import { assignCategory } from './categories.js';
import { forgetOwner } from './messenger-control.js';
import type { InterventionEvent, TaskEvent } from '../../contract/engage-event.js';
import { recentFailures } from './handover.js';
import { isBotUser } from './inbox.js';
import { enqueue, removeItem } from '../state/outbox-operations.js';
import { changePhase } from './phase.js';
import { decide } from '../../policies/index.js';
import { count, note, raiseAttention, type ThreadState } from '../state/state.js';
import { confirmHandover } from './handover-confirmation.js';
import { humanEngaged, signOfLife } from './takeover.js';
import {
  isFailure,
  type CloseInterventionOutcome,
  type Failure,
  type OpenInterventionOutcome,
  type Work,
} from '../../contract/work.js';
import { withHuman } from '../state/human.js';
import { withOwnership } from '../state/ownership.js';

export function handleIntervention(state: ThreadState, event: InterventionEvent, now: number) {
  if (isLate(state, event)) return count(state, 'late');
  const next = follow(state, event);
  switch (event.type) {
    case 'intervention.closed':
    case 'intervention.canceled':
      return isBotUser(state.settings, event.userId) ? next : humanDone(next, event, now);
    case 'intervention.opened':
    case 'intervention.assigned':
    case 'intervention.user_updated':
      return isHuman(state, event.ownerId ?? event.userId)
        ? humanEngaged(next, { issuedAt: event.issuedAt, why: 'an agent engaged' }, now)
        : next;
    case 'intervention.reopened':
    case 'intervention.reactivated':
    case 'intervention.deferred':
      // Our own late opening reopened what the human has just closed: not a sign of life.
      if (isBotUser(state.settings, event.userId)) return next;
      return isHuman(state, event.userId)
        ? humanEngaged(next, { issuedAt: event.issuedAt, why: 'an agent engaged again' }, now)
        : signOfLife(next, event.issuedAt);
  }
}

/**
 * A task is work for a human. Its creation confirms a handover; a human who takes it has the thread.
 * An assignment only notifies an agent and engages none.
 */
export function handleTask(state: ThreadState, event: TaskEvent, now: number): ThreadState {
  if (event.type === 'task.undelivered') {
    if (state.ownership.phase !== 'handover') return state;
    return note(state, now, { code: 'taskUndelivered' });
  }
  const next = confirmHandover(state, event);
  if (event.type !== 'task.taken') return next;
  const isTaken = event.agentIds.some((id) => isHuman(state, id)) || isHuman(state, event.userId);
  if (!isTaken) return next;
  return humanEngaged(next, { issuedAt: event.issuedAt, why: 'an agent took the task' }, now);
}

/** True if a newer event of the same intervention has been handled. */
function isLate({ human: { intervention } }: ThreadState, event: InterventionEvent): boolean {
  return intervention?.id === event.interventionId && event.issuedAt < intervention.issuedAt;
}

function follow(state: ThreadState, event: InterventionEvent): ThreadState {
  const { interventionId: id, issuedAt } = event;
  const isOpen = event.type !== 'intervention.closed' && event.type !== 'intervention.canceled';
  const wasOurs = state.human.intervention?.id === id && state.human.intervention.openedByUs;
  const openedByUs =
    wasOurs || (event.type === 'intervention.opened' && isBotUser(state.settings, event.userId));
  const next = withHuman(state, { intervention: { id, isOpen, openedByUs, issuedAt } });
  return isOpen ? next : forgetOwner(next);
}

/** A human completed. The settle window, which starts now, shows whether they are done. */
function humanDone(state: ThreadState, event: InterventionEvent, now: number): ThreadState {
  // A human completed a thread that we believed to be the bot's: the event of their taking it is late.
  const wasTheirs =
    (state.ownership.phase === 'handover' || state.ownership.phase === 'bot') &&
    isHuman(state, event.userId);
  const engaged = wasTheirs
    ? humanEngaged(state, { issuedAt: event.issuedAt, why: 'an agent completed' }, now)
    : state;
  if (engaged.ownership.phase !== 'agent') return engaged;
  if (event.issuedAt < engaged.inbox.activityIssuedAt) return count(engaged, 'late');
  const settling = { since: now, issuedAt: event.issuedAt };
  return note(withHuman(engaged, { settling }), now, { code: 'settleWindowStarted' });
}

/** The settle window has passed without a sign of life: the human is done. */
export function afterSettling(state: ThreadState, now: number): ThreadState {
  if (!state.human.settling) return state;
  const { issuedAt } = state.human.settling;
  const why = 'the agent closed the intervention and the settle window passed';
  const moved = changePhase(state, 'interventionSettled', { why }, now);
  const done = withOwnership(moved, { humanDoneIssuedAt: issuedAt, humanSinceIssuedAt: undefined });
  return humansAreDone(done, now);
}

/** The source's policy decides who gets the thread after the human. */
export function humansAreDone(state: ThreadState, now: number): ThreadState {
  const failures = recentFailures(state, now).length;
  const decision = decide({ at: 'interventionSettled', recentFailures: failures }, state.settings);
  if (decision?.do === 'lock') {
    const {
      ownership: { epoch },
    } = state;
    return enqueue(state, { do: 'lockThread', key: `${epoch}/lock`, epoch });
  }
  if (decision?.do !== 'reopenTo') return state;
  if (decision.owner === 'bot') return assignCategory(state, 'bot');
  const { loopGuard } = state.settings;
  const isLooping = loopGuard !== undefined && failures >= loopGuard.handovers;
  return isLooping ? raiseAttention(state, now, 'pingPong') : state;
}

export function afterOpen(
  state: ThreadState,
  work: Extract<Work, { do: 'openIntervention' }>,
  outcome: OpenInterventionOutcome | Failure,
): ThreadState {
  const next = removeItem(state, work.itemKey);
  if (isFailure(outcome) || outcome.is === 'refused') return next;
  const openedByUs = outcome.is === 'opened' || isBotUser(state.settings, outcome.ownerId);
  const issuedAt = state.human.intervention?.issuedAt ?? 0;
  return withHuman(next, {
    intervention: { id: outcome.interventionId, isOpen: true, openedByUs, issuedAt },
  });
}

export function afterClose(
  state: ThreadState,
  work: Extract<Work, { do: 'closeIntervention' }>,
  outcome: CloseInterventionOutcome | Failure,
  now: number,
): ThreadState {
  const next = removeItem(state, work.itemKey);
  if (!isFailure(outcome) && outcome.is !== 'refused') {
    const {
      human: { intervention },
    } = next;
    return withHuman(next, { intervention: intervention && { ...intervention, isOpen: false } });
  }
  const failure = isFailure(outcome) ? outcome.failed : outcome.code;
  const noted = note(next, now, { code: 'interventionNotClosed', failure });
  return state.human.intervention?.openedByUs
    ? raiseAttention(noted, now, 'interventionNotClosed')
    : noted;
}

function isHuman(state: ThreadState, userId: string | undefined): boolean {
  return userId !== undefined && !isBotUser(state.settings, userId);
}
