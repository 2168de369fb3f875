/**
 * The state of a thread, as plain data in seven slices. It is carried over continue-as-new, `describe`
 * is built from it, and it is the only input of the pure core besides the event and the time.
 *
 * Each slice is changed by its own module alone and read by all. All times are our clock in Unix
 * milliseconds, except names with `issuedAt`, which are the platform's clock.
 */
import { cutText } from '../../../bots/messages/cut-text.js';
import type { AttentionCode } from '../../contract/attention.js';
import type { Counts } from '../../contract/counts.js';
import type { DecisionData } from '../../contract/logged-decision.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import type { Traced } from '../../contract/trace-context.js';
import {
  newConversation,
  withConversation,
  type Conversation,
  type StoredEntry,
} from './conversation.js';
import { newHuman, type Human } from './human.js';
import { newInbox, type Inbox } from './inbox.js';
import { newOutbox, type Outbox } from './outbox.js';
import { newOwnership, type Ownership } from './ownership.js';
import { newReport, withReport, type Report } from './report.js';
import { newRouting, type Routing } from './routing.js';

export type { Attention, AttentionCode } from '../../contract/attention.js';

export type ThreadState = Traced & {
  readonly domainId: string;
  readonly threadId: string;
  readonly settings: SourceSettings;
  /** Start of the workflow's first run, kept over continue-as-new. */
  readonly bornAt: number;
  readonly ownership: Ownership;
  readonly inbox: Inbox;
  readonly conversation: Conversation;
  readonly outbox: Outbox;
  readonly human: Human;
  readonly routing: Routing;
  readonly report: Report;
};

const recordLimit = 40;
const logLimit = 30;
const bodyLimit = 2_000;

export function newThread(
  id: { domainId: string; threadId: string },
  settings: SourceSettings,
  now: number,
): ThreadState {
  return {
    domainId: id.domainId,
    threadId: id.threadId,
    settings,
    bornAt: now,
    ownership: newOwnership(now),
    inbox: newInbox,
    conversation: newConversation(now),
    outbox: newOutbox,
    human: newHuman,
    routing: newRouting,
    report: newReport,
  };
}

/** The state that the last run carried over, with the settings of this run. */
export function carriedOver(state: ThreadState, settings: SourceSettings): ThreadState {
  return { ...state, settings };
}

export function count(state: ThreadState, what: keyof Counts, by = 1): ThreadState {
  const { counts } = state.report;
  return withReport(state, { counts: { ...counts, [what]: counts[what] + by } });
}

/** Adds an entry to the decision log, for `describe` and the timeline; never customer text. */
export function note(state: ThreadState, now: number, decision: DecisionData): ThreadState {
  const log = [...state.report.log, { at: now, ...decision }].slice(-logLimit);
  return withReport(state, { log });
}

/** Raises attention for a reason, unless it is raised already: its beginning stays. */
export function raiseAttention(state: ThreadState, now: number, code: AttentionCode): ThreadState {
  const { attention } = state.report;
  const isRaised = attention.some((one) => one.code === code);
  const raised = isRaised
    ? state
    : withReport(state, { attention: [...attention, { code, since: now }] });
  return note(raised, now, { code: 'attentionRaised', attention: code });
}

/** Clears attention whose cause has ended without a person's intervention. */
export function clearAttention(
  state: ThreadState,
  ...codes: readonly AttentionCode[]
): ThreadState {
  const { attention } = state.report;
  const left = attention.filter(({ code }) => !codes.includes(code));
  return left.length === attention.length ? state : withReport(state, { attention: left });
}

/** The entry of a content, if the record still has it. */
export function recorded(state: ThreadState, id: string | undefined): StoredEntry | undefined {
  return state.conversation.record.find(({ contentId }) => contentId === id);
}

/** Adds a content to the record, once: an approved content of a human is reported twice. */
export function remember(state: ThreadState, entry: StoredEntry): ThreadState {
  if (recorded(state, entry.contentId)) return state;
  const clipped = { ...entry, body: cutText(entry.body, bodyLimit) };
  // Sorted by the time of the contents; events may arrive in another order.
  const said = state.conversation.record;
  const later = said.findIndex(({ issuedAt }) => issuedAt > entry.issuedAt);
  const at = later === -1 ? said.length : later;
  const record = [...said.slice(0, at), clipped, ...said.slice(at)];
  return withConversation(state, { record: record.slice(-recordLimit) });
}
