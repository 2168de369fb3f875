/**
 * The customer contents that nobody has answered. A content is removed when the bot has finished its turn, a
 * human has written a later content, the customer says farewell or cancels the handover, or its request for a
 * human is over. Closing the conversation removes all. No change of owner, timer or failure removes one.
 */
import { cutText } from '../../../bots/messages/cut-text.js';
import type { ContentEvent } from '../../contract/engage-event.js';
import { belongTogether } from './customers.js';
import { traceOf } from '../../contract/trace-context.js';
import { withConversation } from '../state/conversation.js';
import { raiseAttention, type ThreadState } from '../state/state.js';
import type { WaitingContent } from '../state/turn.js';

/** Continue-as-new carries the contents, and Temporal limits a payload to 2 MB. */
const bodyLimit = 20_000;
const limit = { contents: 100, characters: 50_000 } as const;

/** Sorts by time, each content once, and keeps the newest contents within the limits. */
export function bounded(contents: readonly WaitingContent[]): readonly WaitingContent[] {
  let characters = 0;
  const byId = new Map(contents.map((one) => [one.content.id, one]));
  const inOrder = [...byId.values()].toSorted((a, b) => a.issuedAt - b.issuedAt);
  const newest = inOrder.slice(-limit.contents);
  const first = newest.findLastIndex(({ content }) => {
    characters += content.body.length;
    return characters > limit.characters;
  });
  return newest.slice(first + 1);
}

export function waitingContent(event: ContentEvent, now: number): WaitingContent {
  const { content, issuedAt } = event;
  const body = cutText(content.body, bodyLimit);
  return { content: { ...content, body }, at: now, issuedAt, ...traceOf(event) };
}

/** Adds a customer's content, unless a human has spoken after it. */
export function addUnanswered(state: ThreadState, event: ContentEvent, now: number): ThreadState {
  const { record, unanswered } = state.conversation;
  const isAnswered = record.some(({ by, issuedAt }) => by === 'agent' && issuedAt > event.issuedAt);
  if (isAnswered) return state;
  return withUnanswered(state, bounded([...unanswered, waitingContent(event, now)]));
}

/** Removes the contents issued up to this time of the platform's clock: a human has answered them. */
export function answeredUntil(state: ThreadState, issuedAt: number): ThreadState {
  return keepUnanswered(state, (one) => one.issuedAt > issuedAt);
}

/** Removes these contents: they are answered. */
export function answered(state: ThreadState, contents: readonly WaitingContent[]): ThreadState {
  const ids = new Set(contents.map(({ content }) => content.id));
  return keepUnanswered(state, ({ content }) => !ids.has(content.id));
}

/**
 * False for a content that the bot must not be asked again: one that has requested a human, since the bot would
 * request one again, and one whose reply may have arrived, since the customer would read two.
 */
export function isForBot({ isHandedOver, mayBeAnswered }: WaitingContent): boolean {
  return isHandedOver !== true && mayBeAnswered !== true;
}

/** Marks what a reply of unknown outcome answers. */
export function markMaybeAnswered(
  state: ThreadState,
  { inReplyToId }: { readonly inReplyToId: string },
): ThreadState {
  const isCovered = coveredBy(state, inReplyToId);
  const marked = state.conversation.unanswered.map((one) =>
    isCovered(one) ? ({ ...one, mayBeAnswered: true } as const) : one,
  );
  return withUnanswered(state, marked);
}

/** Which contents a reply to this one answers: it, and what the same customer wrote before. None once it is answered. */
export function coveredBy(
  { conversation }: ThreadState,
  inReplyToId: string,
): (content: WaitingContent) => boolean {
  const asked = conversation.unanswered.find(({ content }) => content.id === inReplyToId);
  return (one) =>
    asked !== undefined &&
    one.issuedAt <= asked.issuedAt &&
    belongTogether(one.content, asked.content);
}

/** Marks the contents because of which a human is requested. */
export function markHandedOver(
  state: ThreadState,
  contents: readonly WaitingContent[],
): ThreadState {
  const ids = new Set(contents.map(({ content }) => content.id));
  const marked = state.conversation.unanswered.map((one) =>
    ids.has(one.content.id) ? ({ ...one, isHandedOver: true } as const) : one,
  );
  return withUnanswered(state, marked);
}

/** Removes the contents that requested a human: the request is over, and the customer has been told. */
export function withoutHandedOver(
  state: ThreadState,
  isTheirs: (content: WaitingContent['content']) => boolean = () => true,
): ThreadState {
  return keepUnanswered(state, (one) => isForBot(one) || !isTheirs(one.content));
}

/**
 * The bot has the thread again and answers what is unanswered, except for contents that requested a human:
 * it would request one again. If nothing else is left, attention says that nobody answers the customer.
 */
export function leaveToBot(state: ThreadState, now: number): ThreadState {
  const { unanswered } = state.conversation;
  const waiting = unanswered.filter(isForBot);
  const next = withConversation(state, { waiting });
  const isForgotten = waiting.length === 0 && unanswered.length > 0;
  return isForgotten ? raiseAttention(next, now, 'nobodyComes') : next;
}

export function keepUnanswered(
  state: ThreadState,
  isOpen: (content: WaitingContent) => boolean,
): ThreadState {
  const { unanswered } = state.conversation;
  const open = unanswered.filter(isOpen);
  return open.length === unanswered.length ? state : withUnanswered(state, open);
}

function withUnanswered(state: ThreadState, unanswered: readonly WaitingContent[]): ThreadState {
  return withConversation(state, { unanswered });
}
