/**
 * What a thread owes the platform, in order, and what it has sent.
 *
 * Each entry has a key and belongs to an ownership epoch; an entry of an older epoch is dropped, not
 * sent. A reply goes owed → sending → posted; an answer that never came makes it `confirming`: it is
 * looked for on the platform, and only when it is surely not there is it sent again.
 */
import type { BotReply } from '../../../bots/bot.js';
import type { ThreadState } from './state.js';
import type { Owed, OwedReply, About } from './outbox-item.js';

export function owe(state: ThreadState, ...owed: readonly Owed[]): ThreadState {
  return { ...state, owed: [...state.owed, ...owed] };
}

/** What this step has come to owe is owed since now. */
export function dated(state: ThreadState, now: number): ThreadState {
  if (state.owed.every(({ since }) => since !== undefined)) return state;
  const owed = state.owed.map((one) => (one.since === undefined ? { ...one, since: now } : one));
  return { ...state, owed };
}

export function settle(state: ThreadState, key: string | undefined): ThreadState {
  return { ...state, owed: state.owed.filter((owed) => owed.key !== key) };
}

export function changeReply(state: ThreadState, key: string, change: Partial<OwedReply>) {
  const owed = state.owed.map((one) =>
    one.key === key && one.do === 'reply' ? { ...one, ...change } : one,
  );
  return { ...state, owed };
}

/** Drop all that may no longer be sent: an older epoch's, but not a reply that may have left. */
export function dropStale(state: ThreadState): ThreadState {
  const kept = state.owed.filter((owed) => owed.epoch === state.epoch || mayHaveLeft(state, owed));
  return kept.length === state.owed.length ? state : { ...state, owed: kept };
}

export function mayHaveLeft(state: ThreadState, owed: Owed): boolean {
  if (owed.do !== 'reply') return false;
  if (owed.state === 'confirming') return true;
  return state.work?.do === 'postReply' && state.work.owedKey === owed.key;
}

/** A reply is on its way whose right to speak has ended since. */
export function isUnwanted({ work, owed, epoch }: ThreadState): boolean {
  if (work?.do !== 'postReply') return false;
  return owed.some((one) => one.key === work.owedKey && one.epoch !== epoch);
}

/** A reply under `about`. Its key is unique in the thread: epoch, purpose and what it answers. */
export function say(
  state: ThreadState,
  about: About,
  { body, structured, attachmentIds }: BotReply,
  purpose: string,
  speaksAs: OwedReply['speaksAs'],
): OwedReply {
  const key = `${state.epoch}/${purpose}/${about.contentId}`;
  const count = { sends: 0, tries: 0, looks: 0 };
  const { contentId: inReplyToId, isPrivate } = about;
  const shown = { ...(structured && { structured }), ...(attachmentIds && { attachmentIds }) };
  const told = { body, ...shown, inReplyToId, isPrivate, speaksAs };
  return { do: 'reply', key, epoch: state.epoch, ...told, state: 'owed', ...count };
}
