/**
 * Hands a thread to humans: availability check, notes for the agent, categories, texts for the
 * customer. Pure.
 */
import { assignCategory, keptByHumans, leaveToHumans } from './categories.js';
import { awaitTask } from './handover-confirmation.js';
import {
  enqueue,
  enqueueReply,
  handoverPurpose,
  postpone,
  removeItem,
} from '../state/outbox-operations.js';
import { enqueueProfile } from './customer-profile.js';
import { changePhase, isSameOwner } from './phase.js';
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
import { excuses } from '../../contract/logged-decision.js';
import type { HandoverReason } from '../../contract/reason.js';
import type { WantedHandover, Said } from '../state/handover-request.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';
import { aboutNewest } from '../state/turn.js';
import { withConversation } from '../state/conversation.js';
import { withHuman } from '../state/human.js';
import { withOutbox } from '../state/outbox.js';
import { withRouting } from '../state/routing.js';
import { retryAt } from './retries.js';
import { withoutHandedOver } from './unanswered.js';
const reasonsInWords: Record<HandoverReason, string> = {
  customerAsked: 'the customer asked for a person',
  botGaveUp: 'the bot did not know what to say',
  botFailed: 'the bot could not answer',
  replyRefused: 'the platform would not take the bot’s reply',
  replyLate: 'the bot’s reply came too late',
  operatorAsked: 'an operator asked for a person',
  emergency: 'an emergency was declared',
};

/** The bot's own failures, which the loop guard counts. */
const failures: readonly HandoverReason[] = ['botGaveUp', 'botFailed', 'replyRefused'];

/** Requests a human; if the source has availability rules, agent availability is checked first. */
export function handOver(state: ThreadState, wanted: WantedHandover, now: number): ThreadState {
  const subject = aboutTurn(state);
  if (!state.settings.availability || overridesAvailability(wanted.because))
    return handOverNow(subject, wanted, now);
  return withHuman(subject, { request: wanted, neededIn: state.ownership.episode });
}

/** What is said about the handover answers the turn, although another customer may have written since. */
function aboutTurn(state: ThreadState): ThreadState {
  const { turn } = state.conversation;
  return turn ? withConversation(state, { lastCustomerContent: aboutNewest(turn) }) : state;
}

/** Applies the availability check: the policies decide; unknown availability means a handover. */
export function afterAvailability(
  state: ThreadState,
  outcome: Availability | Failure,
  now: number,
): ThreadState {
  const {
    human: { request: wanted },
  } = state;
  if (!wanted) return state;
  const availability = isFailure(outcome)
    ? ({ isOpen: true, agents: 'unknown' } as const)
    : outcome;
  const decision = decide(
    { at: 'handoverWanted', because: wanted.because, availability },
    state.settings,
  );
  const asked: ThreadState = withHuman(state, { request: undefined });
  if (decision?.do === 'stayWithBot') {
    const stayed = note(asked, now, { code: 'notHandedOver', why: decision.because });
    if (wanted.instead) return enqueue(stayed, ...wanted.instead);
    // Without a text nobody tells the customer that no human comes.
    if (decision.say === undefined) return raiseAttention(leftOpen(stayed), now, 'nobodyComes');
    const cleared = withoutHandedOver(stayed);
    return notifyCustomer(cleared, decision.say, excuses.notHandedOver, 'bot');
  }
  const farewell = decision?.do === 'handOver' && decision.say !== undefined ? [decision.say] : [];
  return handOverNow(asked, farewell.length > 0 ? { ...wanted, farewell } : wanted, now);
}

/** A turn in which nothing was said has answered nothing. */
export function leftOpen(state: ThreadState): ThreadState {
  const { turn } = state.conversation;
  if (!turn || turn.hasSpoken) return state;
  return withConversation(state, { turn: { ...turn, hasFailed: true } });
}

function handOverNow(state: ThreadState, wanted: WantedHandover, now: number): ThreadState {
  const { because, farewell } = wanted;
  const change = { why: reasonsInWords[because], reason: because };
  const moved = changePhase(state, 'handoverAsked', change, now);
  if (isSameOwner(moved, state)) return moved;
  const counted = countFailure(withConversation(moved, { waiting: [] }), because, now);
  const noted = account(counted, wanted);
  const assigned = assignCategory(noted, 'agent');
  if (because === 'emergency') return assigned;
  const texts = farewell.length > 0 ? farewell : [state.settings.texts.handover];
  return texts.reduce<ThreadState>(
    (next, said, i) => notifyCustomer(next, said, handoverPurpose(i), 'afterHandover'),
    assigned,
  );
}

/**
 * Enqueues note, fields and profile for the human, and an intervention to attach them to, if there is
 * none.
 */
function account(state: ThreadState, { fields, reason }: WantedHandover): ThreadState {
  const {
    ownership: { epoch },
    human: { intervention },
    conversation: { lastCustomerContent },
    settings,
    outbox: { items },
  } = state;
  const steps: OutboxItem[] = [];
  if (settings.handoverNote !== undefined) {
    const given = reason === undefined ? {} : { reason };
    steps.push({ do: 'leaveNote', key: `${epoch}/note`, epoch, about: 'handover', ...given });
  }
  if (fields && Object.keys(fields).length > 0) {
    steps.push({ do: 'setFields', key: `${epoch}/fields`, epoch, fields });
  }
  // Fields written to the customer's record are left out of the note.
  const prepared = enqueue(enqueueProfile(state), ...steps);
  const isNothing = prepared.outbox.items.length === items.length;
  // The virtual agent's handover needs the id of an intervention.
  const isNeeded = !isNothing || settings.driver?.by === 'virtualAgent';
  if (!isNeeded || intervention?.isOpen || !lastCustomerContent) return prepared;
  if (settings.openIntervention === 'never') return prepared;
  const { contentId } = lastCustomerContent;
  const key = `${epoch}/open/${contentId}`;
  const open = { do: 'openIntervention', key, epoch, contentId } as const;
  return withOutbox(prepared, {
    items: [...items, open, ...prepared.outbox.items.slice(items.length)],
  });
}

/** Enqueues one message to the customer, as a reply to their last content. */
export function notifyCustomer(
  state: ThreadState,
  said: Said | undefined,
  purpose: string,
  speaksAs: 'bot' | 'afterHandover',
): ThreadState {
  const about = state.conversation.lastCustomerContent;
  if (said === undefined || !about) return state;
  const reply = typeof said === 'string' ? { body: said } : said;
  return enqueue(state, enqueueReply(state, about, reply, purpose, speaksAs));
}

function countFailure(state: ThreadState, because: HandoverReason, now: number): ThreadState {
  const { loopGuard } = state.settings;
  if (!loopGuard || !failures.includes(because)) return state;
  return withHuman(state, { failedHandovers: [...recentFailures(state, now), now].slice(-20) });
}

/** Handovers for the bot's own failures within the loop guard's time. */
export function recentFailures(state: ThreadState, now: number): readonly number[] {
  const within = state.settings.loopGuard?.within ?? 0;
  return state.human.failedHandovers.filter((at) => now - at <= within);
}

/** Applies the result of a change of category, in either direction. */
export function afterRecategorise(
  state: ThreadState,
  work: Extract<Work, { do: 'recategorise' }>,
  outcome: RecategoriseOutcome | Failure,
  now: number,
): ThreadState {
  const item = state.outbox.items.find(({ key }) => key === work.itemKey);
  if (isFailure(outcome) && item?.do === 'recategorise') {
    const nextAttemptAt = retryAt(state, outcome, item, now);
    if (nextAttemptAt !== undefined) return postpone(state, item.key, nextAttemptAt);
  }
  const next = removeItem(state, work.itemKey);
  if (!isFailure(outcome)) {
    if (outcome.isKept) return keptByHumans(next, now);
    const { in: lastSet } = work.input;
    const assignedCategory = lastSet === state.settings.categories.bot ? 'bot' : 'agent';
    return awaitTask(withRouting(next, { assignedCategory, lastSet }), now);
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

/** Returns the thread to the bot, and notifies the customer. In an emergency the bot stays silent. */
export function handoverRefused(state: ThreadState, failed: string, now: number): ThreadState {
  if (state.ownership.reason === 'emergency') return raiseAttention(state, now, 'handoverFailed');
  const why = `the platform refused the handover: ${failed}`;
  const moved = changePhase(state, 'handoverFailed', { why }, now);
  const back = raiseAttention(moved, now, 'handoverFailed');
  return notifyCustomer(back, back.settings.texts.handoverFailed, handoverRefusal, 'bot');
}

const handoverRefusal = 'not-handed-over';

/**
 * True for the message that no human gets the thread: if it cannot be sent, no other action is left. A new
 * request for a human would end with the same message.
 */
export function isLastWord({ purpose }: ReplyItem): boolean {
  return purpose === handoverRefusal || purpose === excuses.notHandedOver;
}
