/**
 * Ladders: waiting that nobody ends by itself. Each phase has one that counts while somebody should
 * speak and does not, and climbs it rung by rung; whoever speaks puts it back to the ground.
 *
 * What a rung does is a policy's decision (`policies/climb-…`); here is only where a thread stands.
 */
import { silentSince } from './closing.js';
import type { ThreadState } from '../state/state.js';
import type { Rung } from '../../contract/escalation.js';
import type { Climbed } from '../state/escalation.js';

/** The ladder the thread stands on now, at its foot unless it has climbed already. */
export function ladderOf(state: ThreadState): Climbed | undefined {
  const foot = footOf(state);
  if (!foot) return undefined;
  const {
    human: { escalation: climbed },
  } = state;
  const isSame = climbed?.ladder === foot.ladder && climbed.since === foot.since;
  return isSame ? climbed : { ...foot, rungs: 0 };
}

function footOf(state: ThreadState): Omit<Climbed, 'rungs'> | undefined {
  switch (state.ownership.phase) {
    case 'bot': {
      const since = silentSince(state);
      return since === undefined ? undefined : { ladder: 'customerSilent', since };
    }
    case 'handover':
      // An emergency has its own way back: the bot must not have the thread before it is over.
      return state.ownership.reason === 'emergency'
        ? undefined
        : { ladder: 'nobodyComes', since: state.ownership.since };
    case 'agent': {
      const [unanswered] = state.conversation.unanswered;
      if (unanswered) return { ladder: 'agentSilent', since: unanswered.at };
      const since = Math.max(
        state.conversation.lastContentAt,
        state.conversation.agentSpokeAt,
        state.ownership.since,
      );
      return { ladder: 'customerSilentWithAgent', since };
    }
    case 'closed':
      return undefined;
  }
}

/** The next rung, and when it is due. */
export function nextRung(
  state: ThreadState,
): { readonly on: Climbed; readonly rung: Rung; readonly at: number } | undefined {
  const on = ladderOf(state);
  const rung = on && state.settings.ladders?.[on.ladder]?.[on.rungs];
  return rung && { on, rung, at: on.since + rung.after };
}

export function rungAt(state: ThreadState): number | undefined {
  return nextRung(state)?.at;
}
