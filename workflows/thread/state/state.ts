/**
 * Everything a thread knows, as plain data: what is carried over continue-as-new, what `describe`
 * is made from, and the only input of the pure core besides what happens and the time.
 *
 * All times are our clock in Unix milliseconds, except names with `issuedAt`: the platform's.
 */
import type { BotMemory, CalledTool, RecordEntry, ToolCall } from '../../../bots/bot.js';
import type { Attention, AttentionCode } from '../../contract/attention.js';
import type { Content } from '../../contract/engage-event.js';
import type { Phase } from '../../contract/lifecycle.js';
import type { SeenIds } from './seen-ids.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import type { Stretch } from '../../contract/phase-history.js';
import type { Traced } from '../../contract/trace-context.js';
import type { Work } from '../../contract/work.js';
import type { Climbed } from './escalation.js';
import type { Alerts } from './alerts.js';
import type { Control } from './messenger-control.js';
import type { Reason } from '../../contract/reason.js';
import type { WantedHandover } from './handover-request.js';
import type { Learnt } from './customer-profile.js';
import type { Queue } from './queue.js';
import type { Counts } from '../../contract/counts.js';
import type { LoggedDecision } from '../../contract/logged-decision.js';
import type { About, Owed, Sent } from './outbox-item.js';

export type { Attention, AttentionCode } from '../../contract/attention.js';
export type ThreadState = Traced & {
  readonly domainId: string;
  readonly threadId: string;
  readonly settings: SourceSettings;

  readonly phase: Phase;
  readonly reason: Reason | undefined;
  /** The reason in plain words, without customer text. */
  readonly why: string;
  readonly phaseSince: number;
  /** Every phase it was in, oldest first; the newest of many. */
  readonly phases: readonly Stretch[];
  /** Rises with each change of owner; what an older epoch owes is never sent. */
  readonly epoch: number;
  /** Counts conversations on this thread; 0 until the first one begins. */
  readonly episode: number;
  /** When, by the platform, the last human was done: an older fact of a human moves nothing. */
  readonly humanDoneIssuedAt: number;
  /** When, by the platform, the human who has the thread took it. */
  readonly humanSinceIssuedAt: number | undefined;
  readonly newestIssuedAt: number;
  /** When, by the platform, a customer or a human last did something: what is older ends nothing. */
  readonly signIssuedAt: number;
  /** When this run was begun, by the first event Temporal accepted for it. */
  readonly bornAt: number;

  /** The outside conversation it accompanies, by its id on the channel. */
  readonly outside?: string;
  readonly seen: SeenIds;
  readonly intervention: KnownIntervention | undefined;
  /** The last episode in which a human was asked for, or came. */
  readonly humanNeededIn: number | undefined;
  /** The episode in which we last tried to open one: once is enough. */
  readonly openedInEpisode: number | undefined;
  /** How many contents the platform should count by now; another number means one went unheard. */
  readonly expectedContents: number | undefined;
  /** In that number already, although not heard of yet. */
  readonly countedUnheard: readonly string[];
  /** Whose category we last put or saw the thread in. */
  readonly placedWith: 'bot' | 'agent' | undefined;
  /** Messenger's thread control, on sources that have it. */
  readonly control: Control | undefined;
  /** A content's categories contradict us: read the thread before asking the bot. */
  readonly categoriesInDoubt: boolean;

  readonly lastCustomerContent: About | undefined;
  /** Customer contents no turn has answered yet, oldest first. */
  readonly waiting: readonly WaitingContent[];
  readonly turn: Turn | undefined;
  /** How often the turn at hand was begun anew by a newer content. */
  readonly superseded: number;
  /** The bot waits for more: until when, and how often it has for what waits. */
  readonly bidesUntil: number | undefined;
  readonly bided: number;
  readonly failedTurns: number;
  readonly memory: BotMemory;
  readonly record: readonly RecordEntry[];

  readonly owed: readonly Owed[];
  readonly sent: readonly Sent[];
  readonly work: Work | undefined;
  readonly workCount: number;

  /** `agent`: the human closed the intervention, and the settle window runs. */
  readonly settling: { readonly since: number; readonly issuedAt: number } | undefined;
  /** When a customer, and when a human for the brand, last spoke. */
  readonly lastContentAt: number;
  readonly agentSpokeAt: number;
  /** `agent`: what the customer said since the human last spoke, oldest first. */
  readonly unanswered: readonly WaitingContent[];
  readonly climbed: Climbed | undefined;
  /** A handover is decided, and who is there is being asked. */
  readonly wanted: WantedHandover | undefined;
  /** `handover`: the platform has not yet made a task of it. */
  readonly phaseSinceIssuedAt: number;
  readonly taskSeenInEpoch: number | undefined;
  readonly unconfirmed: { readonly since: number; readonly tries: number } | undefined;
  /** When the bot's own failures led to handovers, oldest first. */
  readonly failedHandovers: readonly number[];
  readonly pausedUntil: number | undefined;
  /** The identity that last wrote as the customer. */
  readonly customerId: string | undefined;
  /** What the bot knows of the customer. */
  readonly learnt: Learnt | undefined;
  readonly queue: Queue | undefined;
  /** How long the customer had waited when a human last came. */
  readonly waited: number | undefined;
  readonly attention: Attention | undefined;
  /** Absent until there is something to be told. */
  readonly alerts?: Alerts;
  readonly log: readonly LoggedDecision[];
  readonly counts: Counts;
};

export type WaitingContent = Traced & {
  readonly content: Content;
  readonly at: number;
  readonly issuedAt: number;
};

/** One burst of customer contents and all that follows until we are quiet. */
export type Turn = {
  /** The id of its newest content. Also the bot's idempotency key. */
  readonly id: string;
  readonly contents: readonly WaitingContent[];
  readonly startedAt: number;
  /** A reply of it is known to have left: it can no longer be superseded. */
  readonly hasSpoken: boolean;
  /** What the bot wants remembered, kept back until it has spoken. */
  readonly remember: BotMemory | undefined;
  /** Tools the bot wants called before it is asked again, and those called already. */
  readonly calls?: readonly ToolCall[] | undefined;
  readonly called?: readonly CalledTool[];
  /** The bot answers by a call of its own, until then. */
  readonly later?: { readonly until: number } | undefined;
};

export type KnownIntervention = {
  readonly id: string;
  readonly isOpen: boolean;
  readonly openedByUs: boolean;
  readonly issuedAt: number;
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
    ...nothingSaid,
    ...id,
    settings,
    bornAt: now,
    phaseSince: now,
    lastContentAt: now,
  };
}

const nothingCounted: Counts = {
  duplicates: 0,
  stale: 0,
  late: 0,
  healed: 0,
  refusedMoves: 0,
  leaks: 0,
  turns: 0,
  replies: 0,
  ambiguousReplies: 0,
};

const nothingSaid = {
  phase: 'closed',
  reason: undefined,
  phases: [],
  why: 'nothing has been said yet',
  epoch: 0,
  episode: 0,
  humanDoneIssuedAt: 0,
  humanSinceIssuedAt: undefined,
  newestIssuedAt: 0,
  signIssuedAt: 0,
  seen: [],
  intervention: undefined,
  humanNeededIn: undefined,
  openedInEpisode: undefined,
  expectedContents: undefined,
  countedUnheard: [],
  placedWith: undefined,
  control: undefined,
  categoriesInDoubt: false,
  lastCustomerContent: undefined,
  waiting: [],
  turn: undefined,
  superseded: 0,
  bidesUntil: undefined,
  bided: 0,
  failedTurns: 0,
  memory: {},
  record: [],
  owed: [],
  sent: [],
  work: undefined,
  workCount: 0,
  settling: undefined,
  agentSpokeAt: 0,
  unanswered: [],
  climbed: undefined,
  wanted: undefined,
  phaseSinceIssuedAt: 0,
  taskSeenInEpoch: undefined,
  unconfirmed: undefined,
  failedHandovers: [],
  pausedUntil: undefined,
  customerId: undefined,
  learnt: undefined,
  queue: undefined,
  waited: undefined,
  attention: undefined,
  log: [],
  counts: nothingCounted,
} as const satisfies Partial<ThreadState>;

/** What an older version carried over, with what it did not know yet. */
export function carriedOver(
  state: ThreadState,
  settings: SourceSettings,
  bornAt: number,
): ThreadState {
  const counts = { ...nothingCounted, ...state.counts };
  return { ...newThread(state, settings, bornAt), ...state, counts, settings };
}

export function count(state: ThreadState, what: keyof Counts, by = 1): ThreadState {
  return { ...state, counts: { ...state.counts, [what]: state.counts[what] + by } };
}

/** One line for `describe` and the timeline: what was decided and why, never what was said. */
export function note(state: ThreadState, now: number, what: string, why: string): ThreadState {
  return { ...state, log: [...state.log, { at: now, what, why }].slice(-logLimit) };
}

export function raiseAttention(state: ThreadState, now: number, code: AttentionCode): ThreadState {
  const raised = { ...state, attention: state.attention ?? { code, since: now } };
  return note(raised, now, 'attention raised', code);
}

/** What a person should have looked at has ended by itself. */
export function clearAttention(
  state: ThreadState,
  ...codes: readonly AttentionCode[]
): ThreadState {
  const isOver = state.attention !== undefined && codes.includes(state.attention.code);
  return isOver ? { ...state, attention: undefined } : state;
}

export function remember(state: ThreadState, entry: RecordEntry): ThreadState {
  const clipped = { ...entry, body: entry.body.slice(0, bodyLimit) };
  // In the order it was said, which need not be the order in which it comes.
  const later = state.record.findIndex(({ issuedAt }) => issuedAt > entry.issuedAt);
  const at = later === -1 ? state.record.length : later;
  const record = [...state.record.slice(0, at), clipped, ...state.record.slice(at)];
  return { ...state, record: record.slice(-recordLimit) };
}
