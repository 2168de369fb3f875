/**
 * What a Source SDK conversation knows, as plain data, and what it owes to whom: lines to the platform,
 * news to the Source SDK bot, each in order, one at a time. Pure, like the thread's core.
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
export type Line = SourceSdkMessage & { readonly heardAt: number; readonly isPushed: boolean };

/** Something the Source SDK bot is told. */
export type Told = {
  /** Never used for anything else, not by an earlier or later run either. */
  readonly key: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly since: number;
};

export type SourceSdkState = SourceSdkId & {
  readonly settings: SourceSdkSettings;
  readonly bornAt: number;
  /** Whose the conversation is: the Source SDK bot's, nobody's yet, a human's. */
  readonly phase: 'bot' | 'handover' | 'agent';
  readonly customer: SourceSdkCustomer | undefined;
  /** Oldest first, bounded. */
  readonly lines: readonly Line[];
  readonly seen: readonly string[];
  /** Who may speak on the platform and the thread itself have been created there. */
  readonly entered: number;
  /** A human is wanted, and the thread has not been asked yet. */
  readonly wanted: HandoverAsked | undefined;
  /** In `handover`: since when, and whether the thread has agreed. */
  readonly askedAt?: number;
  readonly isConfirmed: boolean;
  readonly thread: ThreadMoved | undefined;
  /** In the queue, the newest of the handover at hand. */
  readonly place: Place | undefined;
  readonly toTell: readonly Told[];
  readonly told: number;
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
    place: undefined,
    toTell: [],
    told: 0,
    lastAt: now,
    attention: undefined,
    counts: { duplicates: 0, dropped: 0, pushed: 0, pushRefused: 0, delivered: 0, undelivered: 0 },
  };
}

export function count(state: SourceSdkState, name: CountName, by = 1): SourceSdkState {
  return { ...state, counts: { ...state.counts, [name]: state.counts[name] + by } };
}

/** What is the matter with the Source SDK bot; all else that calls a person is about the platform. */
const botTroubles: ReadonlySet<string | undefined> = new Set([
  'sourceSdkBotAway',
  'sourceSdkBotRefuses',
]);

/** A person should look at it: `BatonAttention`. */
export function raise(state: SourceSdkState, code: string): SourceSdkState {
  const { attention } = state;
  const isGraver = attention !== undefined && !botTroubles.has(attention);
  return isGraver && botTroubles.has(code) ? state : { ...state, attention: code };
}

/** What the Source SDK bot has been told ends its own troubles, humans who have been asked all others. */
export function clear(state: SourceSdkState, by: 'told' | 'humansAsked'): SourceSdkState {
  const { attention, settings } = state;
  // Runs begun before there was a deadline ended all of them by whatever was told.
  if (settings.confirmWithin === undefined) {
    return by === 'told' ? { ...state, attention: undefined } : state;
  }
  return botTroubles.has(attention) === (by === 'told')
    ? { ...state, attention: undefined }
    : state;
}

const rememberKeys = 1_000;

/** `undefined`: this was known already. */
export function once(state: SourceSdkState, key: string): SourceSdkState | undefined {
  if (state.seen.includes(key)) return undefined;
  return { ...state, seen: [...state.seen, key].slice(-rememberKeys) };
}

/** Carried from run to run, and Temporal refuses what is larger than 2 MB. */
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

/** Only the newest of these is worth telling. */
const fleeting = new Set(['typing.start', 'typing.stop', 'queue.update']);

export function isFleeting(action: string): boolean {
  return fleeting.has(action);
}

export function tell(
  state: SourceSdkState,
  action: string,
  params: Told['params'],
  now: number,
  ownKey?: string,
): SourceSdkState {
  const told = state.told + 1;
  const key = ownKey ?? `${state.bornAt.toString(36)}-${told}`;
  const kind = action.split('.')[0];
  // The first may be on its way.
  const others = state.toTell.filter(
    (one, i) => i === 0 || !isFleeting(one.action) || one.action.split('.')[0] !== kind,
  );
  const kept = isFleeting(action) ? others : state.toTell;
  return { ...state, told, toTell: [...kept, { key, action, params, since: now }] };
}

export function describeThread(state: SourceSdkState): SourceSdkCard {
  return {
    phase: state.phase,
    ...(state.thread && { threadId: state.thread.threadId }),
    said: state.lines.length,
    notPushed: state.lines.filter(({ isPushed }) => !isPushed).length,
    owedToBot: state.toTell.length,
    ...(state.attention !== undefined && { attention: state.attention }),
    counts: state.counts,
  };
}

/** As the thread hears it; `issuedAt` is by our clock. */
export type Place = {
  readonly id: string;
  readonly issuedAt: number;
  readonly position: number;
  readonly waitMs?: number;
};
