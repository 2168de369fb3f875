/**
 * Escalation policies: waiting that nobody ends by itself. Each phase has one that counts while somebody should
 * speak and does not, and climbs it step by step; whoever speaks puts it back to the ground.
 *
 * What a step does is a policy's decision (`policies/climb-…`); here is only where a thread stands.
 */
import { silentSince } from './closing.js';
import type { ThreadState } from '../state/state.js';
import type { EscalationStep } from '../../contract/escalation.js';
import type { EscalationProgress } from '../state/escalation.js';

/** The escalation policy the thread stands on now, at its begun unless it has climbed already. */
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
      // An emergency has its own way back: the bot must not have the thread before it is over.
      return state.ownership.reason === 'emergency'
        ? undefined
        : { escalation: 'nobodyComes', since: state.ownership.since };
    case 'agent': {
      const [unanswered] = state.conversation.unanswered;
      if (unanswered) return { escalation: 'agentSilent', since: unanswered.at };
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

/** The next step, and when it is due. */
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
