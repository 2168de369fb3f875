/**
 * Performs the one work a thread has decided on: as which activity, on which queue, with which
 * timeouts and retries. The outcome, good or bad, comes back as something that happened.
 *
 * Posting has one attempt: whether a lost one spoke is decided by looking, never by trying again.
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

/** Lower is sooner: what the customer sees before what only keeps the books. */
const priorities: Record<Exclude<Work['do'], 'askBot' | 'callTool' | 'findPlace'>, number> = {
  postReply: 1,
  recategorise: 2,
  openIntervention: 1,
  findReply: 3,
  readThread: 1,
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
 * How often a call that may be repeated is tried before its failure is an outcome. Not how long: while
 * no worker runs, nothing has been tried.
 */
const persistence = {
  initialInterval: '2s',
  maximumInterval: '30s',
  backoffCoefficient: 2,
  maximumAttempts: 10,
} as const;

export class WorkRunner {
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
   * Make reality follow the decision: start what is new, cancel what is no longer wanted. Unwanted
   * work that may have begun is asked back: only the server knows, and tells by the outcome.
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
    return (bot.runs === 'inProcess' ? inProcessBot(bot) : remoteBot(bot)).askBot(work.input);
  }
  if (work.do === 'callTool') {
    return remoteBot(botNamed(settings, work.input.botName)).callTool(work.input);
  }
  if (work.do === 'findPlace') return lookAround().findPlace(work.input);
  const { callTimeout } = settings;
  if (work.do === 'checkAvailability')
    return availabilityFor(callTimeout).checkAvailability(work.input);
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

/** A customer who asked for a human is not kept waiting by the question who is there. */
function availabilityFor(callTimeout: number) {
  return proxyActivities<Pick<WorkActivities, 'checkAvailability'>>({
    taskQueue: taskQueues.engage,
    startToCloseTimeout: callTimeout,
    scheduleToCloseTimeout: 3 * callTimeout,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    priority: { priorityKey: priorities.checkAvailability },
  });
}

/** Not knowing is an outcome too, and the next look is never far. */
function lookAround() {
  return proxyActivities<Pick<WorkActivities, 'findPlace'>>({
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
    // Takeover does not wait for the bot: its late answer finds nobody who wants it.
    cancellationType: ActivityCancellationType.TRY_CANCEL,
  });
}

/** The cause by its type alone: messages may carry what people wrote. */
function failureType(error: unknown): string {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  if (cause instanceof TimeoutFailure) return 'Timeout';
  if (cause instanceof ApplicationFailure) return cause.type ?? 'Unknown';
  return rootCause(error) === undefined ? 'Unknown' : (cause as Error).name;
}
