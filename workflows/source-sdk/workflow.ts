/**
 * The workflow of a Source SDK conversation: a conversation with a bot outside Baton. It keeps the
 * transcript, enters it on the platform when a human is requested, asks the thread that accompanies it
 * there, and delivers the agents' messages to the Source SDK bot, in order.
 *
 * A shell around a pure core, like the thread: the signal only pushes, one loop does all work, and two
 * lanes run side by side, so that a Source SDK bot that is down never delays the platform.
 */
import {
  condition,
  continueAsNew,
  proxyActivities,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { searchAttributes } from '../contract/index.js';
import {
  describeSourceSdk,
  sourceSdkEvents,
  parseSdkMessageId,
  sourceSdkMessage,
  type LaneOutcome,
  type SourceSdkActivities,
  type SourceSdkCard,
  type SourceSdkInput,
} from '../contract/source-sdk.js';
import { afterTime, confirmAt } from './handover-confirmation.js';
import { applyEvent } from './core.js';
import { Lane } from './lane.js';
import { afterEngage, afterUpdate, nextToBot, nextToEngage, type ToEngage } from './lanes.js';
import { messageObject } from './sdk-objects.js';
import {
  describeThread,
  isFleeting,
  newSourceSdk,
  type SourceSdkState,
  type BotUpdate,
} from './state.js';
import { QueuePositionSignals } from './update-thread.js';
import { isLongerThan } from '../shared/run-length.js';

const historyLimit = 2_000;

const { readSourceSdkSettings } = proxyLocalActivities<SourceSdkActivities>({
  startToCloseTimeout: '5s',
});
const engage = proxyActivities<SourceSdkActivities>({
  startToCloseTimeout: '15s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});
/** Retries within one activity; if the bot is down for longer, another activity follows. */
const bot = proxyActivities<SourceSdkActivities>({
  startToCloseTimeout: '15s',
  scheduleToCloseTimeout: '10m',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});
const botOnce = proxyActivities<SourceSdkActivities>({
  startToCloseTimeout: '5s',
  retry: { maximumAttempts: 1 },
});

type Change = (state: SourceSdkState, now: number) => SourceSdkState;

export async function sourceSdkConversation(input: SourceSdkInput): Promise<SourceSdkCard> {
  let state = input.carried as SourceSdkState | undefined;
  const changes: Change[] = [];
  setHandler(sourceSdkEvents, (events) => {
    for (const event of events) changes.push((now, at) => applyEvent(now, event, at));
  });
  setHandler(describeSourceSdk, () => (state ? describeThread(state) : starting));
  setHandler(sourceSdkMessage, (id) => state && messageById(state, id));

  const settings = await readSourceSdkSettings({ source: input.source });
  const bornAt = workflowInfo().startTime.getTime();
  state = state ? { ...state, settings } : newSourceSdk(input, settings, bornAt);
  const toEngage = new Lane<ToEngage>(runToEngage, (end) => void changes.push(end));
  const toBot = new Lane<BotUpdate>(
    (update) => runToBot(input, update),
    (end) => void changes.push(end),
  );

  const positions = new QueuePositionSignals();
  let publishedBefore = input.carried as SourceSdkState | undefined;

  for (;;) {
    for (const change of changes.splice(0)) state = change(state, Date.now());
    display(publishedBefore, state);
    publishedBefore = state;
    positions.send(state);
    toEngage.follow(nextToEngage(state));
    toBot.follow(nextToBot(state));
    const isQuiet = toEngage.isIdle && toBot.isIdle;
    if (isQuiet && isOver(state)) return describeThread(state);
    if (isQuiet ? isLongerThan(historyLimit) : isTooLong()) {
      const { source, conversation } = input;
      const carried = { source, conversation, carried: state };
      await continueAsNew<typeof sourceSdkConversation>(carried);
    }
    const hasFired = !(await condition(() => changes.length > 0, ringsIn(state, isQuiet)));
    if (hasFired) changes.push(afterTime);
  }
}

/**
 * True when the run must end although a lane is busy, which may last hours. The next run repeats the
 * task in flight; all tasks are repeatable.
 */
function isTooLong(): boolean {
  return workflowInfo().continueAsNewSuggested;
}

async function runToEngage(next: ToEngage): Promise<Change> {
  const run = () =>
    next.do === 'ask' ? engage.askThreadForHandover(next.input) : engage.pushToEngage(next.input);
  const outcome = await run().catch((): LaneOutcome => ({ is: 'refused', code: 'Failed' }));
  return (state, now) => afterEngage(state, next, outcome, now);
}

async function runToBot(
  { source, conversation }: SourceSdkInput,
  update: BotUpdate,
): Promise<Change> {
  const { key, action, params } = update;
  const input = { source, conversation, key, action, params };
  const run = isFleeting(action) ? botOnce : bot;
  const outcome = await run.updateSourceSdkBot(input).catch(() => ({ is: 'failed' }) as const);
  return (state, now) => afterUpdate(state, update, outcome, now);
}

const longest = 24 * 60 * 60 * 1000;

/** While something is in flight, its end wakes the conversation, which is forgotten only then. */
function ringsIn(state: SourceSdkState, isQuiet: boolean): number {
  const at = confirmAt(state);
  const forgotten = isQuiet ? forgottenIn(state) : longest;
  return at === undefined ? forgotten : Math.max(1, Math.min(forgotten, at - Date.now()));
}

/**
 * When the conversation is forgotten; never while humans have it, because the thread reports their
 * end.
 */
function forgottenIn({ phase, lastAt, settings, updates }: SourceSdkState): number {
  if (phase !== 'bot' || updates.length > 0) return longest;
  return Math.max(1, lastAt + settings.forgetAfter - Date.now());
}

function isOver({ phase, lastAt, settings, updates }: SourceSdkState): boolean {
  return phase === 'bot' && updates.length === 0 && Date.now() >= lastAt + settings.forgetAfter;
}

/** Publishes details and attributes to the Temporal UI, without message texts. */
function display(before: SourceSdkState | undefined, state: SourceSdkState): void {
  const { phase, updates, attention, source } = state;
  setCurrentDetails(`${phase}; messages waiting for the Source SDK bot: ${updates.length}`);
  if (before && (before.attention === undefined) === (attention === undefined)) return;
  upsertSearchAttributes([
    { key: searchAttributes.source, value: source },
    { key: searchAttributes.attention, value: attention !== undefined },
  ]);
}

function messageById(state: SourceSdkState, id: string): object | undefined {
  const of = parseSdkMessageId(id);
  const line = state.lines.find((one) => one.id === of?.message && one.by === of.by);
  return line && messageObject(state, line);
}

const starting: SourceSdkCard = {
  phase: 'bot',
  said: 0,
  notPushed: 0,
  pendingUpdates: 0,
  counts: {},
};
