/**
 * Several customers on one thread: public threads have them, and private contents beside public ones. A turn
 * is one customer's, of one privacy; what the bot keeps and is told is by customer.
 */
import type { RecordEntry } from '../../../bots/bot.js';
import type { Content } from '../../contract/engage-event.js';
import { withConversation, type AboutCustomer, type StoredEntry } from '../state/conversation.js';
import type { ThreadState } from '../state/state.js';
import type { Turn, WaitingContent } from '../state/turn.js';

/** Customers of whom memory and profile are kept. */
const customerLimit = 20;

/** True if one answer may cover both: the same customer, and the same privacy. */
export function belongTogether(one: Content, other: Content): boolean {
  return one.authorId === other.authorId && one.isPrivate === other.isPrivate;
}

/** The contents that form the next turn: those that belong to the oldest one. */
export function firstOfOne(burst: readonly WaitingContent[]): readonly WaitingContent[] {
  const [oldest] = burst;
  return oldest ? burst.filter(({ content }) => belongTogether(content, oldest.content)) : [];
}

/** Makes the turn's customer the one to whom memory and profile belong. */
export function turnTo(state: ThreadState, customerId: string | undefined): ThreadState {
  const { turnCustomerId: before, otherCustomers = {}, memory, profile } = state.conversation;
  if (before === undefined || customerId === undefined || before === customerId) {
    return withConversation(state, { turnCustomerId: customerId ?? before });
  }
  const { [customerId]: known, ...rest } = otherCustomers;
  const kept = Object.entries<AboutCustomer>({ ...rest, [before]: { memory, profile } });
  return withConversation(state, {
    turnCustomerId: customerId,
    otherCustomers: Object.fromEntries(kept.slice(-customerLimit)),
    memory: known?.memory ?? {},
    profile: known?.profile,
  });
}

/** The customer to whom the profile belongs. */
export function profileCustomer({ conversation }: ThreadState): string | undefined {
  return conversation.turnCustomerId ?? conversation.customerId;
}

/**
 * The record that the bot is given for a turn: nothing that another customer said or was told, and nothing
 * private for a public turn.
 */
export function recordFor(state: ThreadState, turn: Turn): readonly RecordEntry[] {
  const content = turn.contents.at(-1)?.content;
  const isVisible = ({ customerId, isPrivate }: StoredEntry) =>
    isOf(customerId, content?.authorId) && (content?.isPrivate !== false || isPrivate !== true);
  return state.conversation.record
    .filter(isVisible)
    .map(({ contentId, by, body, issuedAt }) => ({ contentId, by, body, issuedAt }));
}

function isOf(customerId: string | undefined, authorId: string | undefined): boolean {
  return customerId === undefined || authorId === undefined || customerId === authorId;
}

/** Of the turn's customer, in its privacy. */
export function isOfTurn(turn: Turn, content: WaitingContent['content']): boolean {
  return turn.contents.some((one) => belongTogether(one.content, content));
}

/** True while somebody else than the turn's customer is unanswered. */
export function othersWait({ conversation: { turn, unanswered } }: ThreadState): boolean {
  return unanswered.some(({ content }) => !turn || !isOfTurn(turn, content));
}
