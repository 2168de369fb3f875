/**
 * Runs the one activity that the state asks for: task queue, timeouts, retries and priority. Its
 * outcome or failure is returned as an event to the core.
 *
 * Posting has one attempt: whether a lost attempt reached the platform is found out by a search, never
 * by a retry.
 */
import {
  ActivityCancellationType,
  ActivityFailure,
  ApplicationFailure,
  CancellationScope,
  proxyActivities,
  proxyLocalActivities,
  rootCause,
  TimeoutFailure,
} from '@temporalio/workflow';
import { taskQueues } from '../../contract/index.js';
import { botNamed } from '../transitions/bot-routing.js';
import type { BotChoice, SourceSettings } from '../../contract/source-settings.js';
import type { Work, WorkActivities, WorkEnd } from '../../contract/work.js';

/** Temporal priorities, lower is sooner: calls visible to the customer come before bookkeeping. */
const priorities: Record<
  Exclude<Work['do'], 'askBot' | 'callTool' | 'findQueuePosition'>,
  number
> = {
  postReply: 1,
  recategorise: 2,
  openIntervention: 1,
  findReply: 3,
  readThread: 1,
  // After an incident there may be thousands; replies come before them.
  readContents: 3,
  closeIntervention: 4,
  checkAvailability: 2,
  leaveNote: 2,
  setFields: 2,
  writeProfile: 4,
  lockThread: 3,
  meetCustomer: 1,
  controlThread: 1,
};

/**
 * Retries of a repeatable call before its failure becomes an outcome. The limit counts attempts, not
 * time, because no attempt is made while no worker runs.
 */
const persistence = {
  initialInterval: '2s',
  maximumInterval: '30s',
  backoffCoefficient: 2,
  maximumAttempts: 10,
} as const;

export class ActivityRunner {
  #current: { id: string; scope: CancellationScope } | undefined;

  readonly #ended: (end: WorkEnd) => void;

  constructor(ended: (end: WorkEnd) => void) {
    this.#ended = ended;
  }

  /** Nothing is in flight: a safe moment to continue as new. */
  get isIdle(): boolean {
    return this.#current === undefined;
  }

  /**
   * Starts the activity that the state asks for and cancels the previous one. An unwanted activity
   * that may have begun is cancelled but still awaited: its outcome says whether it was executed.
   */
  follow(work: Work | undefined, settings: SourceSettings, isUnwanted: boolean): void {
    if (isUnwanted) this.#current?.scope.cancel();
    if (work?.id === this.#current?.id) return;
    this.#current?.scope.cancel();
    this.#current = undefined;
    if (work) this.#start(work, settings);
  }

  #start(work: Work, settings: SourceSettings): void {
    const scope = new CancellationScope();
    this.#current = { id: work.id, scope };
    const end = (outcome: object | string) => {
      if (this.#current?.id !== work.id) return;
      this.#current = undefined;
      this.#ended({ do: work.do, work, outcome } as WorkEnd);
    };
    scope
      .run(() => perform(work, settings))
      .then(end, (error: unknown) => end({ failed: failureType(error) }));
  }
}

function perform(work: Work, settings: SourceSettings): Promise<object | string> {
  if (work.do === 'askBot') {
    const bot = botNamed(settings, work.input.botName);
    const isLocal = bot.runs === 'inProcess' && !work.input.anyWorker;
    return (isLocal ? inProcessBot(bot) : remoteBot(bot)).askBot(work.input);
  }
  if (work.do === 'callTool') {
    return remoteBot(botNamed(settings, work.input.botName)).callTool(work.input);
  }
  if (work.do === 'findQueuePosition') return lookAround().findQueuePosition(work.input);
  const { callTimeout } = settings;
  if (work.do === 'checkAvailability')
    return availabilityFor(callTimeout).checkAvailability(work.input);
  if (work.do === 'readContents') return reader(callTimeout).readContents(work.input);
  const once = work.do === 'postReply';
  const engage = proxyActivities<WorkActivities>({
    taskQueue: taskQueues.engage,
    startToCloseTimeout: callTimeout,
    retry: once ? { maximumAttempts: 1 } : persistence,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    priority: { priorityKey: priorities[work.do] },
  });
  const run = engage[work.do] as (input: object) => Promise<object>;
  return run(work.input);
}

/**
 * Limits the availability check to three timeouts, because a customer who asked for a human waits for
 * it.
 */
function availabilityFor(callTimeout: number) {
  return proxyActivities<Pick<WorkActivities, 'checkAvailability'>>({
    taskQueue: taskQueues.engage,
    startToCloseTimeout: callTimeout,
    scheduleToCloseTimeout: 3 * callTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    priority: { priorityKey: priorities.checkAvailability },
  });
}

/** Few attempts: the core repeats it for as long as a reply would be, and the run can continue as new in between. */
function reader(callTimeout: number) {
  return proxyActivities<Pick<WorkActivities, 'readContents'>>({
    taskQueue: taskQueues.engage,
    startToCloseTimeout: callTimeout,
    retry: { ...persistence, maximumAttempts: 4 },
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    priority: { priorityKey: priorities.readContents },
  });
}

/**
 * Best effort: three attempts within a minute; on failure the position stays unknown until the next
 * poll.
 */
function lookAround() {
  return proxyActivities<Pick<WorkActivities, 'findQueuePosition'>>({
    startToCloseTimeout: '15s',
    scheduleToCloseTimeout: '1m',
    retry: { maximumAttempts: 3 },
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });
}

function inProcessBot(bot: BotChoice) {
  return proxyLocalActivities<Pick<WorkActivities, 'askBot'>>({
    startToCloseTimeout: bot.timeout,
    scheduleToCloseTimeout: bot.budget,
    retry: { initialInterval: '100ms', maximumInterval: '1s' },
  });
}

function remoteBot(bot: BotChoice) {
  return proxyActivities<Pick<WorkActivities, 'askBot' | 'callTool'>>({
    startToCloseTimeout: bot.timeout,
    scheduleToCloseTimeout: bot.budget,
    heartbeatTimeout: '15s',
    retry: { initialInterval: '1s', maximumInterval: '10s' },
    // A takeover does not wait for the bot; a late answer is dropped.
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });
}

/** Returns the failure type only: messages may contain customer text. */
function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) return 'Timeout';
  if (cause instanceof ApplicationFailure) return cause.type ?? 'Unknown';
  return rootCause(error) === undefined ? 'Unknown' : (cause as Error).name;
}
