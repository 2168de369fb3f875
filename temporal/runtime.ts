/**
 * Configures Temporal's native runtime in our process: log format, failed tasks, shutdown order, and metrics.
 */
import { ApplicationFailure } from '@temporalio/common';
import { Runtime, type Logger, type LogMetadata } from '@temporalio/worker';
import type { Log } from '../runtime/log.js';
import { histogramBucketOverrides } from './buckets.js';
import { taskFailureIn, type TaskFailure } from './task-failure.js';

export type RuntimeOptions = {
  /** Address on which it serves its metrics and those of threads; absent: no metrics. */
  readonly metricsAt?: string | undefined;
  /** A workflow task of this run failed, and is tried again. Absent: it is only logged, without a cause. */
  readonly onTaskFailed?: ((failure: TaskFailure) => void) | undefined;
};

export function installRuntime(log: Log, { metricsAt, onTaskFailed }: RuntimeOptions = {}): void {
  Runtime.install({
    logger: toTemporalLogger(log, onTaskFailed),
    // By default the runtime shuts workers down on SIGTERM, independently of the rest of the process.
    shutdownSignals: [],
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(metricsAt !== undefined && { metrics: { prometheus: prometheusAt(metricsAt) } }),
    },
  });
}

/** Names by Prometheus's conventions: `…_total`, `…_seconds`. */
function prometheusAt(bindAddress: string) {
  const customs = { countersTotalSuffix: true, unitSuffix: true, useSecondsForDurations: true };
  return { bindAddress, ...customs, histogramBucketOverrides };
}

/**
 * Messages of the SDK's normal operation: a worker's states, and that the worker for Engage has no
 * workflows.
 */
const ordinary = [
  'Worker state changed',
  'No workflows registered, not polling for workflow tasks',
  'No Nexus services registered, not polling for Nexus tasks',
];

function toTemporalLogger(log: Log, onTaskFailed: RuntimeOptions['onTaskFailed']): Logger {
  const write =
    (level: 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: LogMetadata) => {
      const failure = taskFailureIn(message, meta);
      if (failure) onTaskFailed?.(failure);
      const isReported = failure !== undefined && onTaskFailed !== undefined;
      const isOrdinary = isReported || ordinary.includes(message);
      log[isOrdinary ? 'debug' : level](fieldsOf(meta), message);
    };
  const debug = write('debug');
  const [info, warn, error] = [write('info'), write('warn'), write('error')];
  const byLevel = { TRACE: debug, DEBUG: debug, INFO: info, WARN: warn, ERROR: error };
  return {
    log: (level, message, meta) => byLevel[level](message, meta),
    trace: debug,
    debug,
    info,
    warn,
    error,
  };
}

/** Ids and our own fields only; errors by name, because their messages may contain customers' text. */
function fieldsOf(meta: Readonly<Record<string, unknown>> = {}): object {
  const { workflowId, runId, activityType, phase, reason, epoch, episode, error } = meta;
  const { threadId, threads, contents, facts, calls, isComplete, completeUntil, findings } = meta;
  const { turn, came, how } = meta;
  const name = error instanceof Error ? nameOf(error) : undefined;
  const runOf = typeof runId === 'string' ? runId : undefined;
  return {
    ...{ workflowId, runId: runOf, activityType, phase, reason, epoch, episode, error: name },
    ...{ threadId, threads, contents, facts, calls, isComplete, completeUntil, findings },
    ...{ turn, came, how },
  };
}

function nameOf(error: Error): string {
  return error instanceof ApplicationFailure && error.type ? error.type : error.name;
}
