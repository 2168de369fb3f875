/**
 * Records the metrics of one step of a thread by the SDK's meter. The meter is silent during replay,
 * so that nothing is counted twice after a change of worker. Writes nothing to the history.
 */
import { metricMeter } from '@temporalio/workflow';
import { measurementsOf } from './step-metrics.js';
import { metricHelp } from '../../contract/metrics.js';
import type { ThreadState } from '../state/state.js';

export function recordMetrics(before: ThreadState, after: ThreadState, now: number): void {
  for (const { name, is, value, labels } of measurementsOf(before, after, now)) {
    const what = metricHelp[name];
    if (is === 'counter') metricMeter.createCounter(name, undefined, what).add(value, labels);
    else metricMeter.createHistogram(name, 'float', undefined, what).record(value, labels);
  }
}
