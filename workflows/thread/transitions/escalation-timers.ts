/**
 * Timers of the escalation policies. At most one policy runs at a time, while somebody should answer and
 * does not. Its steps begin anew when the start of the waiting (`since`) changes.
 *
 * The action of a step is decided by a policy (`policies/escalate-…`,
 * `policies/nudge-when-customer-silent.ts`); this file only determines which step is next, and when.
 */
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

/** The next step and its time. */
export function nextEscalationStep(state: ThreadState):
  | {
      readonly on: EscalationProgress;
      readonly escalationStep: EscalationStep;
      readonly at: number;
    }
  | undefined {
  const on = escalationOf(state);
  const escalationStep = on && state.settings.escalations?.[on.escalation]?.[on.stepsDone];
  return escalationStep && { on, escalationStep, at: on.since + escalationStep.after };
}

export function escalationStepAt(state: ThreadState): number | undefined {
  return nextEscalationStep(state)?.at;
}
