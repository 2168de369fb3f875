import { leaveToHumans, place } from './categories.js';
import { awaitTask } from './handover-confirmation.js';
import { owe, say, settle } from '../state/outbox-operations.js';
import { oweProfile } from './customer-profile.js';
import { changePhase } from './phase.js';
import { overridesAvailability } from '../../policies/availability-decision.js';
import { decide } from '../../policies/index.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import {
  isFailure,
  type Availability,
  type Failure,
  type RecategoriseOutcome,
  type Work,
} from '../../contract/work.js';
import type { HandoverReason } from '../../contract/reason.js';
import type { WantedHandover, Said } from '../state/handover-request.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';
import { withRouting } from '../state/routing.js';
const reasonsInWords: Record<HandoverReason, string> = {
  customerAsked: 'the customer asked for a person',
  botGaveUp: 'the bot did not know what to say',
  botFailed: 'the bot could not answer',
  replyRefused: 'the platform would not take the bot’s reply',
  operatorAsked: 'an operator asked for a person',
  emergency: 'an emergency was declared',
};

/** The bot's own failures: what ping-pong is made of. */
const failures: readonly HandoverReason[] = ['botGaveUp', 'botFailed', 'replyRefused'];

/** Ask for a human; where the business wants to know who is there, ask that first. */
export function handOver(state: ThreadState, wanted: WantedHandover, now: number): ThreadState {
  if (!state.settings.desk || overridesAvailability(wanted.because))
    return handOverNow(state, wanted, now);
  return withHuman(state, { request: wanted, neededIn: state.ownership.episode });
}

/** The desk has answered, or could not: the rules decide, and nobody knowing means handing over. */
export function afterAvailability(
  state: ThreadState,
  outcome: Availability | Failure,
  now: number,
): ThreadState {
  const {
    human: { request: wanted },
  } = state;
  if (!wanted) return state;
  const desk = isFailure(outcome) ? ({ isOpen: true, agents: 'unknown' } as const) : outcome;
  const decision = decide({ at: 'handoverWanted', because: wanted.because, desk }, state.settings);
  const asked: ThreadState = withHuman(state, { request: undefined });
  if (decision?.do === 'stayWithBot') {
    const stayed = note(asked, now, 'not handed over', decision.because);
    return tell(stayed, decision.say, 'not-now', 'bot');
  }
  const farewell = decision?.do === 'handOver' && decision.say !== undefined ? [decision.say] : [];
  return handOverNow(asked, farewell.length > 0 ? { ...wanted, farewell } : wanted, now);
}

function handOverNow(state: ThreadState, wanted: WantedHandover, now: number): ThreadState {
  const { because, farewell } = wanted;
  const change = { why: reasonsInWords[because], reason: because };
  const moved = changePhase(state, 'handoverAsked', change, now);
  if (moved.ownership.phase !== 'handover') return moved;
  const counted = countFailure(withConversation(moved, { waiting: [] }), because, now);
  const noted = account(counted, wanted);
  const placed = place(noted, 'agent');
  if (because === 'emergency') return placed;
  const told = farewell.length > 0 ? farewell : [state.settings.texts.handover];
  return told.reduce<ThreadState>(
    (next, said, i) => tell(next, said, `told-${i}`, 'afterHandover'),
    placed,
  );
}

/** What the human is given before the thread is: needs an intervention to be written on. */
function account(state: ThreadState, { fields, reason }: WantedHandover): ThreadState {
  const {
    ownership: { epoch },
    human: { intervention },
    conversation: { lastCustomerContent },
    settings,
    outbox: { items: owed },
  } = state;
  const steps: OutboxItem[] = [];
  if (settings.handoverNote !== undefined) {
    const told = reason === undefined ? {} : { reason };
    steps.push({ do: 'leaveNote', key: `${epoch}/note`, epoch, about: 'handover', ...told });
  }
  if (fields && Object.keys(fields).length > 0) {
    steps.push({ do: 'setFields', key: `${epoch}/fields`, epoch, fields });
  }
  // What is written to the customer's record is left out of the note.
  const given = owe(oweProfile(state), ...steps);
  const isNothing = given.outbox.items.length === owed.length;
  // The platform knows what to hand over by the intervention alone.
  const isNeeded = !isNothing || settings.driver?.by === 'virtualAgent';
  if (!isNeeded || intervention?.isOpen || !lastCustomerContent) return given;
  if (settings.openIntervention === 'never') return given;
  const { contentId } = lastCustomerContent;
  const key = `${epoch}/open/${contentId}`;
  const open = { do: 'openIntervention', key, epoch, contentId } as const;
  return withOutbox(given, { items: [...owed, open, ...given.outbox.items.slice(owed.length)] });
}

/** One thing to the customer, about what they said last. */
export function tell(
  state: ThreadState,
  said: Said | undefined,
  purpose: string,
  speaksAs: 'bot' | 'afterHandover',
): ThreadState {
  const about = state.conversation.lastCustomerContent;
  if (said === undefined || !about) return state;
  const reply = typeof said === 'string' ? { body: said } : said;
  return owe(state, say(state, about, reply, purpose, speaksAs));
}

function countFailure(state: ThreadState, because: HandoverReason, now: number): ThreadState {
  const { loopGuard } = state.settings;
  if (!loopGuard || !failures.includes(because)) return state;
  return withHuman(state, { failedHandovers: [...recentFailures(state, now), now].slice(-20) });
}

/** The handovers for the bot's own failures that the loop guard still counts. */
export function recentFailures(state: ThreadState, now: number): readonly number[] {
  const within = state.settings.loopGuard?.within ?? 0;
  return state.human.failedHandovers.filter((at) => now - at <= within);
}

/** A move between the categories was made or refused, by us or for the way back. */
export function afterRecategorise(
  state: ThreadState,
  work: Extract<Work, { do: 'recategorise' }>,
  outcome: RecategoriseOutcome | Failure,
  now: number,
): ThreadState {
  const next = settle(state, work.owedKey);
  if (!isFailure(outcome)) {
    const isWithBot = work.input.in === state.settings.categories.bot;
    return awaitTask(withRouting(next, { assignedCategory: isWithBot ? 'bot' : 'agent' }), now);
  }
  if (next.ownership.phase === 'closed') {
    return raiseAttention(
      withRouting(next, { assignedCategory: undefined }),
      now,
      'categoriesNotSet',
    );
  }
  const isToAgent = work.input.in === state.settings.categories.agent;
  const isOurPromise =
    next.ownership.phase === 'handover' && isToAgent && state.routing.assignedCategory !== 'agent';
  if (isOurPromise) return handoverRefused(next, outcome.failed, now);
  const raised = raiseAttention(next, now, 'categoriesNotSet');
  const isTaking =
    next.ownership.phase === 'bot' && work.input.in === state.settings.categories.bot;
  if (!state.settings.driver || !isTaking) return raised;
  return leaveToHumans(raised, `the platform kept the thread: ${outcome.failed}`, now);
}

/** Back to the bot, and nobody is left believing otherwise; in an emergency the bot stays silent. */
export function handoverRefused(state: ThreadState, failed: string, now: number): ThreadState {
  if (state.ownership.reason === 'emergency') return raiseAttention(state, now, 'handoverFailed');
  const why = `the platform refused the handover: ${failed}`;
  const moved = changePhase(state, 'handoverFailed', { why }, now);
  const back = raiseAttention(moved, now, 'handoverFailed');
  return tell(back, back.settings.texts.handoverFailed, notHandedOver, 'bot');
}

const notHandedOver = 'not-handed-over';

/** After this there is nobody left to turn to. */
export function isLastWord({ key }: ReplyItem): boolean {
  return key.split('/')[1] === notHandedOver;
}
