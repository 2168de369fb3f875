/**
 * A rung of a ladder is reached: the policies say what that means, and it is done.
 */
import { placeWithOthers, place } from './categories.js';
import { afterSilence } from './closing.js';
import { tell } from './handover.js';
import { nextRung } from './escalation-timers.js';
import { owe } from '../state/outbox-operations.js';
import { decide } from '../../policies/index.js';
import type { Decision } from '../../policies/policy.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import { backToBot } from './return-to-bot.js';
import type { LadderName } from '../../contract/escalation.js';
import { withHuman } from '../state/human.js';

export function climb(state: ThreadState, now: number): ThreadState {
  const next = nextRung(state);
  if (!next || next.at > now) return state;
  const { on, rung } = next;
  const climbed = withHuman(state, { escalation: { ...on, rungs: on.rungs + 1 } });
  const decision = decide({ at: 'rungReached', ladder: on.ladder, rung }, state.settings);
  if (!decision) return climbed;
  const noted = note(climbed, now, `${on.ladder}: rung ${on.rungs + 1}`, decision.do);
  return carryOut(noted, on.ladder, decision, now);
}

function carryOut(state: ThreadState, ladder: LadderName, decision: Decision, now: number) {
  const purpose = `${ladder}-${state.human.escalation?.rungs ?? 0}`;
  switch (decision.do) {
    case 'tell':
      return speak(state, decision.say, purpose);
    case 'remind':
      return remind(state, purpose, now);
    case 'move':
      return placeWithOthers(speak(state, decision.say, purpose), decision.categoryId);
    case 'backToBot':
      return giveUpOnHumans(state, decision.say, now);
    case 'close':
      return letGo(state, decision.say, purpose, now);
    default:
      return state;
  }
}

/** While a human has the thread nobody else speaks. */
function speak(state: ThreadState, say: string | undefined, purpose: string): ThreadState {
  if (state.ownership.phase === 'agent') return state;
  return tell(state, say, purpose, state.ownership.phase === 'bot' ? 'bot' : 'afterHandover');
}

function remind(state: ThreadState, purpose: string, now: number): ThreadState {
  const code = state.ownership.phase === 'agent' ? 'agentSilent' : 'nobodyComes';
  const raised = raiseAttention(state, now, code);
  if (!raised.human.intervention?.isOpen) return raised;
  const {
    ownership: { epoch },
  } = raised;
  return owe(raised, { do: 'leaveNote', key: `${epoch}/${purpose}`, epoch, about: 'waiting' });
}

function giveUpOnHumans(state: ThreadState, say: string | undefined, now: number): ThreadState {
  if (state.ownership.phase === 'agent') {
    const way = {
      why: 'the agent has been silent too long',
      say,
      unanswered: state.conversation.unanswered,
    };
    return backToBot(raiseAttention(state, now, 'agentSilent'), 'agentSilent', way, now);
  }
  const raised = raiseAttention(state, now, 'nobodyComes');
  return backToBot(raised, 'nobodyCame', { why: 'nobody came', say }, now);
}

/** The customer has gone: the last word first, where it is ours. */
function letGo(state: ThreadState, say: string | undefined, purpose: string, now: number) {
  if (state.ownership.phase === 'bot' && say !== undefined) {
    const {
      ownership: { epoch },
    } = state;
    const end = {
      do: 'solve',
      key: `${epoch}/${purpose}/end`,
      epoch,
      by: 'customerSilent',
    } as const;
    return owe(tell(state, say, purpose, 'bot'), end);
  }
  const wasAgents = state.ownership.phase === 'agent';
  const closed = afterSilence(state, now);
  return wasAgents ? place(closed, 'bot') : closed;
}
