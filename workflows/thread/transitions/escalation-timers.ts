/**
 * Timers of the escalation policies. At most one policy runs at a time, while somebody should answer and
 * does not. It restarts from the first step when the start of the waiting (`since`) changes.
 *
 * Waiting for humans counts their working time. A nudge that comes due outside opening hours waits for the next
 * opening, and everything after it, closing for silence included, comes as much later.
 *
 * The action of a step is decided by a policy (`policies/escalate-…`,
 * `policies/nudge-when-customer-silent.ts`); this file only determines which step is next, and when.
 */
import { afterWorkingTime, nextOpenAt } from '../../shared/working-time.js';
import { silentSince } from './closing.js';
import type { ThreadState } from '../state/state.js';
import type { EscalationStep } from '../../contract/escalation.js';
import type { EscalationProgress } from '../state/escalation.js';

/** The escalation policy that applies now, with its progress. */
export function escalationOf(state: ThreadState): EscalationProgress | undefined {
  const begun = startedBy(state);
  if (!begun) return undefined;
  const {
    human: { escalation: escalated },
  } = state;
  const isSame = escalated?.escalation === begun.escalation && escalated.since === begun.since;
  return isSame ? escalated : { ...begun, stepsDone: 0 };
}

function startedBy(state: ThreadState): Omit<EscalationProgress, 'stepsDone'> | undefined {
  switch (state.ownership.phase) {
    case 'bot': {
      const since = silentSince(state);
      return since === undefined ? undefined : { escalation: 'customerSilent', since };
    }
    case 'handover':
      // An emergency ends by its own command; until then the thread must not return to the bot.
      return state.ownership.reason === 'emergency'
        ? undefined
        : { escalation: 'nobodyComes', since: state.ownership.since };
    case 'agent': {
      const [unanswered] = state.conversation.unanswered;
      if (unanswered) {
        // A human who has just taken the thread has not been silent yet.
        const since = Math.max(unanswered.at, state.ownership.since);
        return { escalation: 'agentSilent', since };
      }
      const since = Math.max(
        state.conversation.lastContentAt,
        state.conversation.agentSpokeAt,
        state.ownership.since,
      );
      return { escalation: 'customerSilentWithAgent', since };
    }
    case 'closed':
      return undefined;
  }
}

export type NextEscalationStep = {
  readonly on: EscalationProgress;
  readonly escalationStep: EscalationStep;
  readonly at: number;
  /** Milliseconds by which it waits for an opening. */
  readonly waits: number;
};

export function nextEscalationStep(state: ThreadState): NextEscalationStep | undefined {
  const on = escalationOf(state);
  const escalationStep = on && state.settings.escalations?.[on.escalation]?.[on.stepsDone];
  if (!escalationStep) return undefined;
  const { hours } = state.settings;
  const isForHumans = on.escalation === 'nobodyComes' || on.escalation === 'agentSilent';
  const due = isForHumans
    ? afterWorkingTime(hours, on.since, escalationStep.after)
    : on.since + escalationStep.after + (on.delay ?? 0);
  const kept = Math.max(due, on.heldUntil ?? 0);
  const at = isBoundToHours(state, on, escalationStep) ? nextOpenAt(hours, kept) : kept;
  return { on, escalationStep, at, waits: at - due };
}

/** True if the step is taken within opening hours only. */
function isBoundToHours(
  { settings }: ThreadState,
  { escalation }: EscalationProgress,
  { say }: EscalationStep,
): boolean {
  if (escalation === 'customerSilentWithAgent') return false;
  const isNudge = escalation === 'customerSilent';
  return !isNudge || (say !== undefined && settings.nudgeOutsideHours !== 'send');
}

export function escalationStepAt(state: ThreadState): number | undefined {
  return nextEscalationStep(state)?.at;
}

/**
 * A due step that is handled late, because no worker ran or the outbox was busy, may be due outside hours. Returns
 * the opening for which it waits.
 */
export function nextOpeningFor(
  state: ThreadState,
  { on, escalationStep }: NextEscalationStep,
  now: number,
): number | undefined {
  if (!isBoundToHours(state, on, escalationStep)) return undefined;
  const opening = nextOpenAt(state.settings.hours, now);
  return opening > now ? opening : undefined;
}

/** When a silent customer's conversation is closed: later by the time that nudges wait for an opening. */
export function silenceAt(state: ThreadState): number | undefined {
  const since = silentSince(state);
  if (since === undefined) return undefined;
  const at = since + state.settings.closeWhenSilentFor + (escalationOf(state)?.delay ?? 0);
  const next = nextEscalationStep(state);
  return next && next.at - next.waits < at ? at + next.waits : at;
}
