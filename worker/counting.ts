/**
 * Starts Temporal's runtime and our own counters before anything happens that should be counted. Without a
 * health port the metrics cannot be read, so Temporal's runtime records none.
 */
import { requestOutcomes } from '../engage/transport.js';
import type { Log } from '../runtime/log.js';
import { createWorkerMetrics, type WorkerMetrics } from '../runtime/metrics/worker.js';
import type { WorkerEnvironment } from '../settings/environment.js';
import { countFromZero } from '../temporal/count-from-zero.js';
import { taskFailureCauses } from '../temporal/task-failure.js';
import { installRuntime } from '../temporal/runtime.js';
import { TaskFailures } from './task-failures.js';
import { createTemporalMetrics, type TemporalMetrics } from './temporal-metrics.js';

export type Counting = {
  readonly metrics: WorkerMetrics;
  readonly temporal: TemporalMetrics | undefined;
  readonly taskFailures: TaskFailures;
};

export async function beginCounting(
  environment: WorkerEnvironment,
  of: { readonly namespace: string; readonly sources: readonly string[]; readonly log: Log },
): Promise<Counting> {
  const { ENGAGE_REQUESTS_PER_MINUTE: allowed, BATON_WORKER_HEALTH_PORT: port } = environment;
  const temporal = port === undefined ? undefined : await createTemporalMetrics();
  const metrics = createWorkerMetrics({
    ...{ allowed, outcomes: requestOutcomes, failureCauses: taskFailureCauses },
  });
  const taskFailures = new TaskFailures(of.log);
  installRuntime(of.log, { metricsAt: temporal?.bindAddress, onTaskFailed: taskFailures.add });
  if (temporal) countFromZero(of.namespace, of.sources);
  return { metrics, temporal, taskFailures };
}
