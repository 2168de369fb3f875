/**
 * The workflow of a thread: one durable workflow accompanies one conversation on the platform from its
 * first content to its end.
 *
 * It is a shell around the pure core (`core.ts`). Signals, timers and ends of activities are passed to
 * the core; the next state says which activity should run and when to wake, and the shell does so.
 * Handlers only push to the queue, one loop does all work, and continue-as-new carries the state and
 * the queue, so that nothing the server has accepted is lost.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
  isCancellation,
  proxyLocalActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { describeThread, describeTranscript } from './planning/card.js';
import { DeadlineTimer } from './shell/deadline-timer.js';
import { isOver } from './transitions/closing.js';
import { UpdateHandlers } from './shell/update-handlers.js';
import {
  lateAnswer,
  describeQuery,
  engageEvents,
  phaseQuery,
  transcriptQuery,
  type SettingsActivities,
  type SourceSettings,
  type ThreadInput,
  type ThreadSummary,
} from '../contract/index.js';
import { inOrder, step, type Happening } from './core.js';
import { deadlines } from './planning/deadlines.js';
import { recordMetrics } from './shell/metrics.js';
import { AlertRunner } from './shell/alert-runner.js';
import { ActivityRunner } from './shell/activity-runner.js';
import { SourceSdkUpdates } from './shell/source-sdk-updates.js';
import { publishVisibility } from './shell/visibility.js';
import { isUnwanted } from './state/outbox-operations.js';
import { carriedOver, newThread, type ThreadState } from './state/state.js';
import { isLongerThan } from '../shared/run-length.js';
import { logTurns } from './shell/turn-log.js';

/** History length after which a run continues as new, as soon as no activity is in flight. */
const historyLimit = 2_000;

const { readSettings } = proxyLocalActivities<SettingsActivities>({ startToCloseTimeout: '5s' });
const newerSettings = proxyLocalActivities<SettingsActivities>({
  startToCloseTimeout: '5s',
  retry: { maximumAttempts: 3, initialInterval: '100ms' },
});

/** State of the last run, and the queue entries it had not handled yet. */
type Carried = { readonly state: ThreadState; readonly queue: readonly Happening[] };
export type RunInput = ThreadInput & { readonly carried?: Carried };

export async function thread(input: RunInput): Promise<ThreadSummary> {
  let state: ThreadState | undefined = input.carried?.state;
  const queue: Happening[] = [...(input.carried?.queue ?? [])];
  const clock = new DeadlineTimer();
  const news = new SourceSdkUpdates();
  const endpoint = new UpdateHandlers(
    queue,
    () => initialised(state),
    () => state?.inbox.seen,
  );
  const runner = new ActivityRunner((end) => void queue.push({ type: 'workEnded', end }));
  const alerts = new AlertRunner((end) => void queue.push({ type: 'alertEnded', end }));

  handleSignals(queue);
  setHandler(phaseQuery, () => initialised(state).ownership.phase);
  setHandler(describeQuery, () => describeThread(initialised(state)));
  setHandler(transcriptQuery, () => describeTranscript(initialised(state)));
  endpoint.open();

  state = begun(input, await settingsFor(input));
  let published = input.carried && state;

  for (;;) {
    for (const happening of inOrder(queue.splice(0), clock.consumeFired())) {
      state = applied(state, happening, endpoint);
    }
    publishVisibility(published, state);
    news.send(published, state);
    published = state;

    await condition(() => allHandlersFinished() || queue.length > 0 || endpoint.isMoving);
    const over = isOver(state, Date.now());
    if (over || (runner.isIdle && isLongerThan(historyLimit))) {
      if (!news.haveArrived) await condition(() => news.haveArrived || queue.length > 0);
      if (queue.length === 0 && allHandlersFinished()) return end(over, input, { state, queue });
    }

    runner.follow(state.outbox.inFlight, state.settings, isUnwanted(state));
    alerts.follow(state);
    const [nearest] = deadlines(state);
    if (nearest) clock.fireAt(nearest);
    await condition(() => queue.length > 0 || clock.hasFired);
  }
}

/** Handles one queue entry, records metrics and logs, and informs the waiting updates. */
function applied(before: ThreadState, happening: Happening, endpoint: UpdateHandlers): ThreadState {
  const now = Date.now();
  const after = step(before, happening, now);
  recordMetrics(before, after, now);
  logTurns(before, after);
  endpoint.observe(happening, before, after);
  return after;
}

function handleSignals(queue: Happening[]): void {
  setHandler(engageEvents, (events) => void queue.push({ type: 'events', events }));
  setHandler(lateAnswer, (late) => void queue.push({ type: 'answered', ...late }));
}

function begun(input: RunInput, settings: SourceSettings): ThreadState {
  const bornAt = workflowInfo().startTime.getTime();
  const carried = input.carried?.state;
  return carried ? carriedOver(carried, settings) : newThread(input, settings, bornAt);
}

/** Ends the run: for good, or by continue-as-new with the state and the queue. */
async function end(isForGood: boolean, input: RunInput, carried: Carried): Promise<ThreadSummary> {
  if (!isForGood) return continueAsNew<typeof thread>({ ...input, carried });
  const {
    ownership: { episode },
    report: { counts },
  } = carried.state;
  return { episodes: episode, counts };
}

/** Reads the settings. A continued run keeps its old settings if newer ones cannot be read at once. */
async function settingsFor({ sourceId, carried }: RunInput): Promise<SourceSettings> {
  if (!carried) return readSettings({ sourceId });
  return newerSettings.readSettings({ sourceId }).catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    return carried.state.settings;
  });
}

/** Returns the state. Until the settings are read, signals are queued, but queries and updates fail. */
function initialised(state: ThreadState | undefined): ThreadState {
  if (!state) throw ApplicationFailure.nonRetryable('the thread is starting', 'ThreadStarting');
  return state;
}
