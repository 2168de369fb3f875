/**
 * From bot to human, by our own decision.
 *
 * Handover in Engage is a recategorization: the bot's category, which no human has, goes out and the
 * agents' comes in, the rest stays. Only then is the customer told, once: a promise the platform
 * refused is never made. When the platform refuses, the thread goes back to the bot, the customer
 * hears so, and `BatonAttention` is raised.
 */
import { place } from './categories.js';
import { owe, say, settle, type OwedReply } from './outbox.js';
import { changePhase } from './phase.js';
import type { HandoverReason } from './policies/policy.js';
import { raiseAttention, type ThreadState } from './state.js';
import { isFailure, type Failure, type RecategoriseOutcome, type Work } from './work.js';

const reasonsInWords: Record<HandoverReason, string> = {
  customerAsked: 'the customer asked for a person',
  botGaveUp: 'the bot did not know what to say',
  botFailed: 'the bot could not answer',
  replyRefused: 'the platform would not take the bot’s reply',
  operatorAsked: 'an operator asked for a person',
};

/** Ask for a human. `farewell` is what the bot says with it; without any, the source's text. */
export function handOver(
  state: ThreadState,
  because: HandoverReason,
  farewell: readonly string[],
  now: number,
): ThreadState {
  const about = state.lastCustomerContent;
  const why = reasonsInWords[because];
  let next = changePhase(state, 'handoverAsked', { why, reason: because }, now);
  if (next.phase !== 'handover') return next;
  next = place({ ...next, waiting: [] }, 'agent');
  if (!about) return next;
  const told = farewell.length > 0 ? farewell : [state.settings.texts.handover];
  return owe(next, ...told.map((body, i) => say(next, about, body, `told-${i}`, 'afterHandover')));
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
    return { ...next, placedWith: isWithBot ? 'bot' : 'agent' };
  }
  const isToAgent = work.input.in === state.settings.categories.agent;
  if (next.phase === 'handover' && isToAgent) return handoverRefused(next, outcome.failed, now);
  return raiseAttention(next, now, 'categoriesNotSet');
}

/** Back to the bot, and nobody is left believing otherwise. */
function handoverRefused(state: ThreadState, failed: string, now: number): ThreadState {
  const about = state.lastCustomerContent;
  const why = `the platform refused the handover: ${failed}`;
  const moved = changePhase(state, 'handoverFailed', { why }, now);
  const back = raiseAttention(moved, now, 'handoverFailed');
  if (!about) return back;
  return owe(back, say(back, about, back.settings.texts.handoverFailed, notHandedOver, 'bot'));
}

const notHandedOver = 'not-handed-over';

/** After this there is nobody left to turn to. */
export function isLastWord({ key }: OwedReply): boolean {
  return key.split('/')[1] === notHandedOver;
}
