/**
 * The workflow of a thread: one durable workflow per thread, from its first content until some time after
 * its last conversation is closed.
 *
 * It is a shell around the pure core (`core.ts`). Signals, updates, timers and outcomes of activities are
 * queued and passed to the core; from the next state, the shell derives which activity to run and when to
 * wake. Handlers only push to the queue, one loop does all work, and continue-as-new carries the state and
 * the queue, so that nothing the server has accepted is lost.
 */
import {
  allHandlersFinished,
  ApplicationFailure,
  condition,
  continueAsNew,
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
  runEnded,
  transcriptQuery,
  type SourceSettings,
  type ThreadInput,
  type ThreadSummary,
} from '../contract/index.js';
import { inOrder, step, type Happening } from './core.js';
import { deadlines } from './planning/deadlines.js';
import { recordMetrics } from './shell/metrics.js';
import { beginRun } from './shell/run-start.js';
import { AlertRunner } from './shell/alert-runner.js';
import { ActivityRunner } from './shell/activity-runner.js';
import { SourceSdkUpdates } from './shell/source-sdk-updates.js';
import { Visibility } from './shell/visibility.js';
import { isUnwanted } from './state/outbox-operations.js';
import { carriedOver, newThread, type ThreadState } from './state/state.js';
import { isLongerThan } from '../shared/run-length.js';
import { logTurns } from './shell/turn-log.js';

/** Number of history events after which a run continues as new, as soon as no activity is in flight. */
const historyLimit = 2_000;

/** State of the last run, and the queue entries that it had not handled. */
type Carried = { readonly state: ThreadState; readonly queue: readonly Happening[] };
export type RunInput = ThreadInput & { readonly carried?: Carried };

export async function thread(input: RunInput): Promise<ThreadSummary> {
  let state: ThreadState | undefined = input.carried?.state;
  const queue: Happening[] = [...(input.carried?.queue ?? [])];
  const timer = new DeadlineTimer();
  const [notifier, visibility] = [new SourceSdkUpdates(), new Visibility()];
  const updates = new UpdateHandlers(
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
  updates.open();

  state = initialState(input, await beginRun(input.sourceId, queue, state?.settings));
  let published = input.carried && state;

  for (;;) {
    for (const happening of inOrder(queue.splice(0), timer.consumeFired())) {
      state = applied(state, happening, updates);
    }
    visibility.publish(published, state);
    notifier.send(published, state);
    published = state;

    await condition(() => allHandlersFinished() || queue.length > 0 || updates.isMoving);
    const over = isOver(state, Date.now());
    if (over || (runner.isIdle && isLongerThan(historyLimit))) {
      if (!notifier.haveArrived) await condition(() => notifier.haveArrived || queue.length > 0);
      if (queue.length === 0 && allHandlersFinished()) return end(over, input, { state, queue });
    }

    runner.follow(state.outbox.inFlight, state.settings, isUnwanted(state));
    alerts.follow(state);
    const [nearest] = deadlines(state);
    if (nearest) timer.fireAt(nearest);
    await condition(() => queue.length > 0 || timer.hasFired);
  }
}

/** Handles one queue entry, records metrics and logs, and completes the update that waits for it. */
function applied(before: ThreadState, happening: Happening, updates: UpdateHandlers): ThreadState {
  const now = Date.now();
  const after = step(before, happening, now);
  recordMetrics(before, after, now);
  logTurns(before, after);
  updates.observe(happening, before, after);
  return after;
}

function handleSignals(queue: Happening[]): void {
  setHandler(engageEvents, (events) => void queue.push({ type: 'events', events }));
  setHandler(runEnded, (ended) => void queue.push({ type: 'runEnded', ended }));
  setHandler(lateAnswer, (late) => void queue.push({ type: 'answered', ...late }));
}

function initialState(input: RunInput, settings: SourceSettings): ThreadState {
  const bornAt = workflowInfo().startTime.getTime();
  const carried = input.carried?.state;
  return carried ? carriedOver(carried, settings) : newThread(input, settings, bornAt);
}

/** Completes the workflow, or continues as new with the state and the queue. */
async function end(isForGood: boolean, input: RunInput, carried: Carried): Promise<ThreadSummary> {
  if (!isForGood) return continueAsNew<typeof thread>({ ...input, carried });
  const {
    ownership: { episode },
    report: { counts },
  } = carried.state;
  return { episodes: episode, counts };
}

/** Returns the state; throws until the settings are read. Signals are queued from the start. */
function initialised(state: ThreadState | undefined): ThreadState {
  if (!state) throw ApplicationFailure.nonRetryable('the thread is starting', 'ThreadStarting');
  return state;
}
