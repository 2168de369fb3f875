/**
 * What a thread owes the platform, in order, and what it has sent.
 *
 * Each entry has a key and belongs to an ownership epoch; an entry of an older epoch is dropped, not
 * sent. A reply goes owed → sending → posted; an answer that never came makes it `confirming`: it is
 * looked for on the platform, and only when it is surely not there is it sent again.
 */
import type { BotReply } from '../../../bots/bot.js';
import type { ThreadState } from './state.js';
import type { OutboxItem, ReplyItem, About } from './outbox-item.js';
import { withOutbox } from './outbox.js';

export function owe(state: ThreadState, ...owed: readonly OutboxItem[]): ThreadState {
  return withOutbox(state, { items: [...state.outbox.items, ...owed] });
}

/** What this step has come to owe is owed since now. */
export function dated(state: ThreadState, now: number): ThreadState {
  if (state.outbox.items.every(({ since }) => since !== undefined)) return state;
  const owed = state.outbox.items.map((one) =>
    one.since === undefined ? { ...one, since: now } : one,
  );
  return withOutbox(state, { items: owed });
}

export function settle(state: ThreadState, key: string | undefined): ThreadState {
  return withOutbox(state, { items: state.outbox.items.filter((owed) => owed.key !== key) });
}

export function changeReply(state: ThreadState, key: string, change: Partial<ReplyItem>) {
  const owed = state.outbox.items.map((one) =>
    one.key === key && one.do === 'reply' ? { ...one, ...change } : one,
  );
  return withOutbox(state, { items: owed });
}

/** Drop all that may no longer be sent: an older epoch's, but not a reply that may have left. */
export function dropStale(state: ThreadState): ThreadState {
  const kept = state.outbox.items.filter(
    (owed) => owed.epoch === state.ownership.epoch || mayHaveLeft(state, owed),
  );
  return kept.length === state.outbox.items.length ? state : withOutbox(state, { items: kept });
}

export function mayHaveLeft(state: ThreadState, owed: OutboxItem): boolean {
  if (owed.do !== 'reply') return false;
  if (owed.state === 'confirming') return true;
  return state.outbox.inFlight?.do === 'postReply' && state.outbox.inFlight.owedKey === owed.key;
}

/** A reply is on its way whose right to speak has ended since. */
export function isUnwanted({
  outbox: { inFlight: work, items: owed },
  ownership: { epoch },
}: ThreadState): boolean {
  if (work?.do !== 'postReply') return false;
  return owed.some((one) => one.key === work.owedKey && one.epoch !== epoch);
}

/** A reply under `about`. Its key is unique in the thread: epoch, purpose and what it answers. */
export function say(
  state: ThreadState,
  about: About,
  { body, structured, attachmentIds }: BotReply,
  purpose: string,
  speaksAs: ReplyItem['speaksAs'],
): ReplyItem {
  const key = `${state.ownership.epoch}/${purpose}/${about.contentId}`;
  const count = { sends: 0, tries: 0, looks: 0 };
  const { contentId: inReplyToId, isPrivate } = about;
  const shown = { ...(structured && { structured }), ...(attachmentIds && { attachmentIds }) };
  const told = { body, ...shown, inReplyToId, isPrivate, speaksAs };
  return { do: 'reply', key, epoch: state.ownership.epoch, ...told, state: 'owed', ...count };
}
