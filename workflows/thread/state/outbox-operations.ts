/**
 * Operations on the outbox: pending items in order, and replies sent.
 *
 * Each item has a key and belongs to an ownership epoch; an item of an older epoch is dropped, not
 * sent. A reply is `pending` until it is posted and then moves to `sent`. If the answer to the post is
 * lost, it becomes `confirming`: it is searched for, and is `pending` again if no search finds it.
 */
import type { BotReply } from '../../../bots/bot.js';
import type { ThreadState } from './state.js';
import type { OutboxItem, ReplyItem, About, Sent } from './outbox-item.js';
import { withOutbox } from './outbox.js';

export function enqueue(state: ThreadState, ...items: readonly OutboxItem[]): ThreadState {
  return withOutbox(state, { items: [...state.outbox.items, ...items] });
}

/** Stamps new items with the time of this step. */
export function stamped(state: ThreadState, now: number): ThreadState {
  if (state.outbox.items.every(({ since }) => since !== undefined)) return state;
  const items = state.outbox.items.map((one) =>
    one.since === undefined ? { ...one, since: now } : one,
  );
  return withOutbox(state, { items });
}

export function removeItem(state: ThreadState, key: string | undefined): ThreadState {
  return withOutbox(state, { items: state.outbox.items.filter((item) => item.key !== key) });
}

export function changeReply(state: ThreadState, key: string, change: Partial<ReplyItem>) {
  const items = state.outbox.items.map((one) =>
    one.key === key && one.do === 'reply' ? { ...one, ...change } : one,
  );
  return withOutbox(state, { items });
}

/** Postpones a change of category after a failed attempt. */
export function postpone(state: ThreadState, key: string | undefined, nextAttemptAt: number) {
  const items = state.outbox.items.map((one) =>
    one.key === key && one.do === 'recategorise'
      ? { ...one, nextAttemptAt, tries: (one.tries ?? 0) + 1 }
      : one,
  );
  return withOutbox(state, { items });
}

/** Drops items of older epochs, except replies that may have reached the platform. */
export function dropStale(state: ThreadState): ThreadState {
  const kept = state.outbox.items.filter(
    (item) => item.epoch === state.ownership.epoch || mayHaveLeft(state, item),
  );
  return kept.length === state.outbox.items.length ? state : withOutbox(state, { items: kept });
}

export function mayHaveLeft(state: ThreadState, item: OutboxItem): boolean {
  if (item.do !== 'reply') return false;
  if (item.state === 'confirming') return true;
  return state.outbox.inFlight?.do === 'postReply' && state.outbox.inFlight.itemKey === item.key;
}

/** True if the reply in flight may no longer be sent. */
export function isUnwanted({
  outbox: { inFlight: work, items },
  ownership: { epoch },
}: ThreadState): boolean {
  if (work?.do !== 'postReply') return false;
  return items.some((one) => one.key === work.itemKey && one.epoch !== epoch);
}

const answer = 'reply-';

/** Purpose of the bot's replies to a turn, by their number in its answer. */
export function answerPurpose(index: number): string {
  return `${answer}${index}`;
}

/** True for a reply of the bot to a turn, which is no text of Baton's own. */
export function isAnswer({ purpose }: ReplyItem): boolean {
  return purpose.startsWith(answer);
}

const handoverText = 'handover-';

/** Purpose of the texts of a handover, by their number. */
export function handoverPurpose(index: number): string {
  return `${handoverText}${index}`;
}

export function isHandoverText({ purpose }: ReplyItem): boolean {
  return purpose.startsWith(handoverText);
}

/** A reply of the bot to the turn that ends with this content, unless the channel has refused it. */
export function answerTo({ outbox }: ThreadState, contentId: string): Sent | undefined {
  return outbox.sent.find(
    ({ key, delivery }) =>
      delivery !== 'failed' && key.includes(`/${answer}`) && key.endsWith(`/${contentId}`),
  );
}

/**
 * Enqueues a reply to `about`. Its key is unique in the thread: epoch, purpose, and the content it
 * answers.
 */
export function enqueueReply(
  state: ThreadState,
  about: About,
  { body, structured, attachmentIds }: BotReply,
  purpose: string,
  speaksAs: ReplyItem['speaksAs'],
): ReplyItem {
  const key = `${state.ownership.epoch}/${purpose}/${about.contentId}`;
  const count = { sends: 0, tries: 0, looks: 0 };
  const { contentId: inReplyToId, isPrivate } = about;
  const forms = { ...(structured && { structured }), ...(attachmentIds && { attachmentIds }) };
  const content = { body, ...forms, inReplyToId, isPrivate, speaksAs };
  return {
    do: 'reply',
    key,
    purpose,
    epoch: state.ownership.epoch,
    ...content,
    state: 'pending',
    ...count,
  };
}
