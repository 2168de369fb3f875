/**
 * The state of a Source SDK conversation, as plain data, with two outboxes: messages to the platform
 * and updates to the Source SDK bot, each sent in order, one at a time. Pure.
 */
import type {
  HandoverAsked,
  SourceSdkCard,
  SourceSdkCustomer,
  SourceSdkId,
  SourceSdkMessage,
  SourceSdkSettings,
  ThreadMoved,
} from '../contract/source-sdk.js';
export type Line = SourceSdkMessage & { readonly receivedAt: number; readonly isPushed: boolean };

/** An update to the Source SDK bot. */
export type BotUpdate = {
  /** Unique across all runs. */
  readonly key: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly since: number;
};

export type SourceSdkState = SourceSdkId & {
  readonly settings: SourceSdkSettings;
  readonly bornAt: number;
  /** Owner: the Source SDK bot, nobody yet, or a human. */
  readonly phase: 'bot' | 'handover' | 'agent';
  readonly customer: SourceSdkCustomer | undefined;
  /** Oldest first, limited in number and size. */
  readonly lines: readonly Line[];
  readonly seen: readonly string[];
  /** How many of the identities and the thread have been created on the platform. */
  readonly entered: number;
  /** A human is requested, and the thread has not been asked yet. */
  readonly wanted: HandoverAsked | undefined;
  /** Phase `handover`: its start, and whether the thread has confirmed it. */
  readonly askedAt?: number;
  readonly isConfirmed: boolean;
  readonly thread: ThreadMoved | undefined;
  /** Newest queue position of the present handover. */
  readonly queuePosition: QueuePosition | undefined;
  readonly updates: readonly BotUpdate[];
  readonly updateNumber: number;
  readonly lastAt: number;
  readonly attention: string | undefined;
  readonly counts: Readonly<Record<CountName, number>>;
};

export type CountName =
  'duplicates' | 'dropped' | 'pushed' | 'pushRefused' | 'delivered' | 'undelivered';

export function newSourceSdk(
  { source, conversation }: SourceSdkId,
  settings: SourceSdkSettings,
  now: number,
): SourceSdkState {
  return {
    ...{ source, conversation, settings },
    bornAt: now,
    phase: 'bot',
    customer: undefined,
    lines: [],
    seen: [],
    entered: 0,
    wanted: undefined,
    isConfirmed: false,
    thread: undefined,
    queuePosition: undefined,
    updates: [],
    updateNumber: 0,
    lastAt: now,
    attention: undefined,
    counts: { duplicates: 0, dropped: 0, pushed: 0, pushRefused: 0, delivered: 0, undelivered: 0 },
  };
}

export function count(state: SourceSdkState, name: CountName, by = 1): SourceSdkState {
  return { ...state, counts: { ...state.counts, [name]: state.counts[name] + by } };
}

/** Attention codes about the Source SDK bot; all others are about the platform. */
const botTroubles: ReadonlySet<string | undefined> = new Set([
  'sourceSdkBotAway',
  'sourceSdkBotRefuses',
]);

/** Raises `BatonAttention`; a code about the Source SDK bot does not replace one about the platform. */
export function raise(state: SourceSdkState, code: string): SourceSdkState {
  const { attention } = state;
  const isGraver = attention !== undefined && !botTroubles.has(attention);
  return isGraver && botTroubles.has(code) ? state : { ...state, attention: code };
}

/** Clears attention: a delivered update clears codes about the bot, a confirmed handover all others. */
export function clear(
  state: SourceSdkState,
  by: 'updateDelivered' | 'humansAsked',
): SourceSdkState {
  const { attention, settings } = state;
  // Runs without a deadline for confirmation clear all codes by any delivered update.
  if (settings.confirmWithin === undefined) {
    return by === 'updateDelivered' ? { ...state, attention: undefined } : state;
  }
  return botTroubles.has(attention) === (by === 'updateDelivered')
    ? { ...state, attention: undefined }
    : state;
}

const rememberKeys = 1_000;

/** Returns `undefined` if the key was received before. */
export function once(state: SourceSdkState, key: string): SourceSdkState | undefined {
  if (state.seen.includes(key)) return undefined;
  return { ...state, seen: [...state.seen, key].slice(-rememberKeys) };
}

/** Messages are carried from run to run, and Temporal's limit for a payload is 2 MB. */
const limit = { lines: 300, characters: 200_000 } as const;

export function addLine(state: SourceSdkState, line: Line): SourceSdkState {
  let characters = 0;
  const lines = [...state.lines, line].slice(-limit.lines);
  const first = lines.findLastIndex(({ body }) => {
    characters += body.length;
    return characters > limit.characters;
  });
  const kept = lines.slice(Math.min(first + 1, lines.length - 1));
  const gone = state.lines.filter((one) => !one.isPushed && !kept.includes(one)).length;
  return count({ ...state, lines: kept }, 'dropped', gone);
}

/** Of these updates only the newest is sent. */
const fleeting = new Set(['typing.start', 'typing.stop', 'queue.update']);

export function isFleeting(action: string): boolean {
  return fleeting.has(action);
}

export function enqueueUpdate(
  state: SourceSdkState,
  action: string,
  params: BotUpdate['params'],
  now: number,
  ownKey?: string,
): SourceSdkState {
  const updateNumber = state.updateNumber + 1;
  const key = ownKey ?? `${state.bornAt.toString(36)}-${updateNumber}`;
  const kind = action.split('.')[0];
  // The first update may be in flight.
  const others = state.updates.filter(
    (one, i) => i === 0 || !isFleeting(one.action) || one.action.split('.')[0] !== kind,
  );
  const kept = isFleeting(action) ? others : state.updates;
  return { ...state, updateNumber, updates: [...kept, { key, action, params, since: now }] };
}

export function describeThread(state: SourceSdkState): SourceSdkCard {
  return {
    phase: state.phase,
    ...(state.thread && { threadId: state.thread.threadId }),
    said: state.lines.length,
    notPushed: state.lines.filter(({ isPushed }) => !isPushed).length,
    pendingUpdates: state.updates.length,
    ...(state.attention !== undefined && { attention: state.attention }),
    counts: state.counts,
  };
}

/** The queue position in the thread's format; `issuedAt` is our clock. */
export type QueuePosition = {
  readonly id: string;
  readonly issuedAt: number;
  readonly position: number;
  readonly waitMs?: number;
};
