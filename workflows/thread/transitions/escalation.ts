/** Performs an escalation step when it is due: the policies decide on the action, and it is applied. */
import { assignOtherCategory, assignCategory } from './categories.js';
import { afterSilence } from './closing.js';
import { notifyCustomer } from './handover.js';
import { nextEscalationStep, nextOpeningFor } from './escalation-timers.js';
import { enqueue } from '../state/outbox-operations.js';
import { decide } from '../../policies/index.js';
import type { Decision } from '../../policies/policy.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import { backToBot, mayReturnToBot } from './return-to-bot.js';
import type { EscalationName } from '../../contract/escalation.js';
import { withHuman } from '../state/human.js';

export function escalate(state: ThreadState, now: number): ThreadState {
  const next = nextEscalationStep(state);
  if (!next || next.at > now) return state;
  const { on, escalationStep, waits } = next;
  const heldUntil = nextOpeningFor(state, next, now);
  if (heldUntil !== undefined) return withHuman(state, { escalation: { ...on, heldUntil } });
  const { escalation, since, stepsDone, delay = 0 } = on;
  const escalated = withHuman(state, {
    escalation: { escalation, since, stepsDone: stepsDone + 1, delay: delay + waits },
  });
  const decision = decide(
    { at: 'escalationStepReached', escalation: on.escalation, escalationStep },
    state.settings,
  );
  if (!decision) return withoutPolicy(escalated, on.escalation, now);
  const entry = { escalation: on.escalation, step: on.stepsDone + 1, do: decision.do };
  const noted = note(escalated, now, { code: 'escalated', ...entry });
  return carryOut(noted, on.escalation, decision, now);
}

/** No policy wants anything: a customer who waits for humans must still be told of to somebody. */
function withoutPolicy(state: ThreadState, escalation: EscalationName, now: number): ThreadState {
  const isForHumans = escalation === 'nobodyComes' || escalation === 'agentSilent';
  return isForHumans ? raiseAttention(state, now, escalation) : state;
}

function carryOut(state: ThreadState, escalation: EscalationName, decision: Decision, now: number) {
  const purpose = `${escalation}-${state.human.escalation?.stepsDone ?? 0}`;
  const isMove = decision.do === 'move' || decision.do === 'backToBot';
  if (isMove && !mayReturnToBot(state)) return remind(state, purpose, now);
  switch (decision.do) {
    case 'tell':
      return speak(state, decision.say, purpose);
    case 'remind':
      return remind(state, purpose, now);
    case 'move':
      return assignOtherCategory(speak(state, decision.say, purpose), decision.categoryId);
    case 'backToBot':
      return giveUpOnHumans(state, decision.say, now);
    case 'close':
      return letGo(state, decision.say, purpose, now);
    default:
      return state;
  }
}

/** Sends the customer a text, except while a human has the thread. */
function speak(state: ThreadState, say: string | undefined, purpose: string): ThreadState {
  if (state.ownership.phase === 'agent') return state;
  return notifyCustomer(
    state,
    say,
    purpose,
    state.ownership.phase === 'bot' ? 'bot' : 'afterHandover',
  );
}

function remind(state: ThreadState, purpose: string, now: number): ThreadState {
  const code = state.ownership.phase === 'agent' ? 'agentSilent' : 'nobodyComes';
  const raised = raiseAttention(state, now, code);
  if (!raised.human.intervention?.isOpen) return raised;
  const {
    ownership: { epoch },
  } = raised;
  return enqueue(raised, { do: 'leaveNote', key: `${epoch}/${purpose}`, epoch, about: 'waiting' });
}

function giveUpOnHumans(state: ThreadState, say: string | undefined, now: number): ThreadState {
  if (state.ownership.phase === 'agent') {
    const way = { why: 'the agent has been silent too long', say };
    return backToBot(raiseAttention(state, now, 'agentSilent'), 'agentSilent', way, now);
  }
  const raised = raiseAttention(state, now, 'nobodyComes');
  return backToBot(raised, 'nobodyCame', { why: 'nobody came', say }, now);
}

/** Closes the conversation with a silent customer; if the bot has it, with a last message first. */
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
    return enqueue(notifyCustomer(state, say, purpose, 'bot'), end);
  }
  const wasAgents = state.ownership.phase === 'agent';
  const closed = afterSilence(state, now);
  return wasAgents ? assignCategory(closed, 'bot') : closed;
}
