/**
 * What a thread owes the platform, in order, and what it has sent.
 *
 * Each entry has a key and belongs to an ownership epoch; an entry of an older epoch is dropped, not
 * sent. A reply goes owed → sending → posted; an answer that never came makes it `confirming`: it is
 * looked for on the platform, and only when it is surely not there is it sent again.
 */
import type { BotReply } from '../../../bots/bot.js';
import type { StructuredMessage } from '../../../bots/messages/structured.js';
import type { ControlStage } from '../transitions/messenger-control.js';
import type { ThreadState } from './state.js';

export type Owed = OwedReply | OwedStep;

type Keyed = {
  readonly key: string;
  readonly epoch: number;
  readonly notBefore?: number;
  /** When it came to be owed; the core writes it there. */
  readonly since?: number;
};

export type OwedReply = Keyed & {
  readonly do: 'reply';
  readonly body: string;
  readonly structured?: StructuredMessage;
  readonly attachmentIds?: readonly string[];
  readonly inReplyToId: string;
  readonly isPrivate: boolean;
  /** `bot`: only while the thread is the bot's. `afterHandover`: until a human has spoken. */
  readonly speaksAs: 'bot' | 'afterHandover';
  readonly state: 'owed' | 'confirming';
  /** Posts that may have left, posts that surely have not, and looks for the one that may have. */
  readonly sends: number;
  readonly tries: number;
  readonly looks: number;
};

export type OwedStep = Keyed &
  /** `categoryId`: of other humans than the source's own. */
  (
    | {
        readonly do: 'recategorise';
        readonly to: 'bot' | 'agent';
        readonly categoryId?: string;
        /** Set even when it is set already. */
        readonly isAgain?: true;
      }
    /** Messenger's thread control changes hands: `engage/messenger/rules.ts`. `appId`: to another app than Engage's. */
    | {
        readonly do: 'control';
        readonly to: 'bot' | 'agent' | 'nobody';
        readonly stage: ControlStage;
        readonly tries: number;
        readonly appId?: string;
      }
    /** What the human is told, written when its turn comes. */
    | { readonly do: 'leaveNote'; readonly about: NoteSubject; readonly reason?: string }
    | { readonly do: 'setFields'; readonly fields: Readonly<Record<string, string>> }
    /** What the bot learnt and the platform does not know, when its turn comes. */
    | { readonly do: 'writeProfile' }
    | { readonly do: 'lockThread' }
    | { readonly do: 'openIntervention'; readonly contentId: string }
    | { readonly do: 'closeIntervention'; readonly interventionId: string }
    /** The bot has said all: the conversation closes, unless the customer has written since. */
    | { readonly do: 'solve'; readonly by?: 'customerSilent' }
  );

/** A handover's account of itself, or that the customer waits. */
export type NoteSubject = 'handover' | 'waiting';

/** The customer content a reply answers; a reply is as private as what it answers. */
export type About = { readonly contentId: string; readonly isPrivate: boolean };

/** A reply the platform has taken, kept for echoes, delivery verdicts and leaks. */
export type Sent = {
  readonly key: string;
  readonly contentId: string;
  readonly createdAt: number;
  readonly delivery: 'accepted' | 'delivered' | 'failed';
  /** Messenger: said in Engage's name, which needs thread control to bring it to the customer. */
  readonly isByPlatform?: true;
};

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
