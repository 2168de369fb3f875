/**
 * The thread: one durable workflow accompanies one conversation on the platform from its first
 * content to its end.
 *
 * It is a shell around the pure core (`core.ts`): signals, timers and ends of work are what happens;
 * the next state says what should be in flight and when to wake; the shell makes it so. Handlers only
 * push to the queue, one loop does all work, and continue-as-new carries everything, the queue
 * included: nothing the server has accepted is ever lost here.
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
import { Clock } from './shell/deadline-timer.js';
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
import { measure } from './shell/metrics.js';
import { AlertRunner } from './shell/alert-runner.js';
import { WorkRunner } from './shell/activity-runner.js';
import { SourceSdkNews } from './shell/source-sdk-updates.js';
import { show } from './shell/visibility.js';
import { isUnwanted } from './state/outbox-operations.js';
import { carriedOver, newThread, type ThreadState } from './state/state.js';
import { isLongerThan } from '../shared/run-length.js';
import { tellTurns } from './shell/turn-log.js';

/** Beyond this many events a run ends at the next moment when nothing is in flight. */
const historyLimit = 2_000;

const { readSettings } = proxyLocalActivities<SettingsActivities>({ startToCloseTimeout: '5s' });
const newerSettings = proxyLocalActivities<SettingsActivities>({
  startToCloseTimeout: '5s',
  retry: { maximumAttempts: 3, initialInterval: '100ms' },
});

/** Everything the last run knew, and what it had not yet taken in. */
type Carried = { readonly state: ThreadState; readonly queue: readonly Happening[] };
export type RunInput = ThreadInput & { readonly carried?: Carried };

export async function thread(input: RunInput): Promise<ThreadSummary> {
  let state: ThreadState | undefined = input.carried?.state;
  const queue: Happening[] = [...(input.carried?.queue ?? [])];
  const clock = new Clock();
  const news = new SourceSdkNews();
  const endpoint = new UpdateHandlers(
    queue,
    () => known(state),
    () => state?.inbox.seen,
  );
  const runner = new WorkRunner((end) => void queue.push({ type: 'workEnded', end }));
  const alerts = new AlertRunner((end) => void queue.push({ type: 'alertEnded', end }));

  takeSignals(queue);
  setHandler(phaseQuery, () => known(state).ownership.phase);
  setHandler(describeQuery, () => describeThread(known(state)));
  setHandler(transcriptQuery, () => describeTranscript(known(state)));
  endpoint.open();

  state = begun(input, await settingsFor(input));
  let shown = input.carried && state;

  for (;;) {
    for (const happening of inOrder(queue.splice(0), clock.takeRing())) {
      state = taken(state, happening, endpoint);
    }
    show(shown, state);
    news.tell(shown, state);
    shown = state;

    await condition(() => allHandlersFinished() || queue.length > 0 || endpoint.isMoving);
    const over = isOver(state, Date.now());
    if (over || (runner.isIdle && isLongerThan(historyLimit))) {
      if (!news.haveArrived) await condition(() => news.haveArrived || queue.length > 0);
      if (queue.length === 0 && allHandlersFinished()) return end(over, input, { state, queue });
    }

    runner.follow(state.outbox.inFlight, state.settings, isUnwanted(state));
    alerts.follow(state);
    const [nearest] = deadlines(state);
    if (nearest) clock.ringAt(nearest);
    await condition(() => queue.length > 0 || clock.hasFired);
  }
}

/** One step, seen by those who wait for it and by those who watch. */
function taken(before: ThreadState, happening: Happening, endpoint: UpdateHandlers): ThreadState {
  const now = Date.now();
  const after = step(before, happening, now);
  measure(before, after, now);
  tellTurns(before, after);
  endpoint.observe(happening, before, after);
  return after;
}

function takeSignals(queue: Happening[]): void {
  setHandler(engageEvents, (events) => void queue.push({ type: 'events', events }));
  setHandler(lateAnswer, (late) => void queue.push({ type: 'answered', ...late }));
}

function begun(input: RunInput, settings: SourceSettings): ThreadState {
  const bornAt = workflowInfo().startTime.getTime();
  const carried = input.carried?.state;
  return carried ? carriedOver(carried, settings, bornAt) : newThread(input, settings, bornAt);
}

/** For good, or carried on by the next run with everything this one knows. */
async function end(isForGood: boolean, input: RunInput, carried: Carried): Promise<ThreadSummary> {
  if (!isForGood) return continueAsNew<typeof thread>({ ...input, carried });
  const {
    ownership: { episode },
    report: { counts },
  } = carried.state;
  return { episodes: episode, counts };
}

/** A run carried on from another never waits for settings: those it was begun with are good enough. */
async function settingsFor({ sourceId, carried }: RunInput): Promise<SourceSettings> {
  if (!carried) return readSettings({ sourceId });
  return newerSettings.readSettings({ sourceId }).catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    return carried.state.settings;
  });
}

/** Before the settings are there, a thread can take in, but not tell. */
function known(state: ThreadState | undefined): ThreadState {
  if (!state) throw ApplicationFailure.nonRetryable('the thread is starting', 'ThreadStarting');
  return state;
}
