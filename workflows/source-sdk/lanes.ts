/**
 * Derives the next task of each of the two lanes, to the platform and to the Source SDK bot, from the
 * state. Their ends are applied as changes of the state.
 */
import type { AskThreadInput, LaneOutcome, PushInput } from '../contract/source-sdk.js';
import { refuseHandover } from './core.js';
import { entrance, messageObject } from './sdk-objects.js';
import { clear, count, isFleeting, raise, type SourceSdkState, type BotUpdate } from './state.js';

export type ToEngage =
  | { readonly do: 'push'; readonly input: PushInput; readonly line?: Line }
  | { readonly do: 'ask'; readonly input: AskThreadInput };
type Line = { readonly id: string; readonly by: 'customer' | 'bot' };

export function nextToEngage(state: SourceSdkState): ToEngage | undefined {
  const { settings, phase } = state;
  if (phase === 'bot' && settings.forward === 'handovers') return undefined;
  const { sourceId } = settings;
  const waiting = state.lines.find(({ isPushed }) => !isPushed);
  const step = entrance(state)[state.entered];
  if (step && (waiting || state.entered > 0)) return { do: 'push', input: { sourceId, ...step } };
  if (waiting) {
    const { id, by } = waiting;
    const params = messageObject(state, waiting);
    return { do: 'push', input: { sourceId, action: 'messages.create', params }, line: { id, by } };
  }
  return nextQuestion(state);
}

function nextQuestion({ wanted, thread, source }: SourceSdkState): ToEngage | undefined {
  if (!wanted || thread?.phase !== 'bot') return undefined;
  const { domainId, threadId } = thread;
  const { because, why, id } = wanted;
  const key = `outside/${id}/${thread.at}`;
  const by = `the Source SDK bot of ${source}`;
  return { do: 'ask', input: { domainId, threadId, by, why, because, key } };
}

export function afterEngage(
  state: SourceSdkState,
  done: ToEngage,
  outcome: LaneOutcome,
  now: number,
): SourceSdkState {
  if (done.do === 'ask') {
    // The thread was asked, or has nothing to decide in its phase; its own updates report the result.
    return state.wanted?.id === keyOf(done.input) ? { ...state, wanted: undefined } : state;
  }
  const { line } = done;
  const passed: SourceSdkState = line
    ? { ...state, lines: state.lines.map((one) => (isLine(one, line) ? pushed(one) : one)) }
    : { ...state, entered: state.entered + 1 };
  if (outcome.is === 'done') return count(passed, 'pushed');
  const noted = raise(count(passed, 'pushRefused'), outcome.code);
  // A refused message is only missing for the agents; any other refusal ends the handover.
  const isFatal = !line || settingsCodes.has(outcome.code);
  return isFatal ? refuseHandover({ ...noted, entered: 0 }, outcome.code, now) : noted;
}

const settingsCodes = new Set(['SourceNotFound', 'InvalidSignature', 'InvalidAction']);

function keyOf({ key }: AskThreadInput): string | undefined {
  return key.split('/')[1];
}

function isLine(one: Line, { id, by }: Line): boolean {
  return one.id === id && one.by === by;
}

function pushed<T>(line: T): T & { isPushed: true } {
  return { ...line, isPushed: true };
}

export function nextToBot(state: SourceSdkState): BotUpdate | undefined {
  return state.updates[0];
}

/** `failed`: attempts failed for a while; the item stays first until it is given up. */
export function afterUpdate(
  state: SourceSdkState,
  update: BotUpdate,
  outcome: LaneOutcome | { readonly is: 'failed' },
  now: number,
): SourceSdkState {
  const rest = { ...state, updates: state.updates.filter(({ key }) => key !== update.key) };
  if (outcome.is === 'done') return count(clear(rest, 'updateDelivered'), 'delivered');
  if (isFleeting(update.action)) return rest;
  const isOver = outcome.is === 'refused' || now - update.since > state.settings.giveUpAfter;
  if (!isOver) return raise(state, 'sourceSdkBotAway');
  return count(raise(rest, 'sourceSdkBotRefuses'), 'undelivered');
}
