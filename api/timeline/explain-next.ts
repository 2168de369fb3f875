/**
 * Says in plain sentences how long the customer has waited and what happens if nobody speaks, as far as the
 * description of the phase does not say it. Pure; derived from the thread's card.
 */
import type { ThreadCard } from '../../workflows/contract/index.js';
import { deadlineInWords, doingInWords, type Clock } from './words.js';

export function explainNext(card: ThreadCard, clock: Clock): readonly string[] {
  const { next } = card;
  if (!next) return [];
  const waiting = next.unanswered === 0 ? [] : [describeWait(next.unanswered, clock(next.since))];
  return [...waiting, ...describeSilence(card, clock)];
}

function describeWait(unanswered: number, since: string): string {
  const messages = unanswered === 1 ? 'a message' : `${unanswered} messages`;
  return `The customer has waited since ${since} for an answer to ${messages}.`;
}

/** A deadline of a human is part of the phase's own description. */
function describeSilence(card: ThreadCard, clock: Clock): readonly string[] {
  const { who, then } = card.next ?? {};
  const at = then?.at === undefined ? '' : ` at ${clock(then.at)}`;
  if (who === 'operator') return ['Nothing more happens by itself: a person must look at it.'];
  if (who === 'customer' && card.phase === 'bot' && then?.at !== undefined) {
    const what = isClosing(then.what) ? 'the conversation is closed' : outcomeInWords(card);
    return [`If the customer writes nothing, ${what}${at}.`];
  }
  if (who === 'bot' && then?.what === 'outbox-retry') return [`The next attempt is${at}.`];
  if (who === 'human' && then?.what === 'nothing') {
    return ['No escalation step is left: nothing happens by itself.'];
  }
  return [];
}

function isClosing(what: string): boolean {
  return what === 'customer-silence';
}

/** What happens if nobody speaks in this thread. */
export function outcomeInWords(card: ThreadCard): string {
  const what = card.next?.then.what ?? 'nothing';
  switch (what) {
    case 'activity':
      return `Baton finishes ${doingInWords(card.doing ?? '')}`;
    case 'attention':
      return 'nothing, until a person or an answer ends the attention';
    case 'emergencyEnd':
      return 'nothing, until an operator ends the emergency';
    case 'nothing':
      return 'nothing: no further step is configured';
    default:
      return deadlineInWords(what, card);
  }
}
