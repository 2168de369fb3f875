/**
 * Counts what a step of a thread was, through the SDK's own meter: it is silent in a replay, so nothing
 * counts twice when a worker takes a thread up again. It writes nothing to the history.
 */
import { metricMeter } from '@temporalio/workflow';
import { measurementsOf } from './step-metrics.js';
import { measures } from '../../contract/metrics.js';
import type { ThreadState } from '../state/state.js';

export function measure(before: ThreadState, after: ThreadState, now: number): void {
  for (const { name, is, value, labels } of measurementsOf(before, after, now)) {
    const what = measures[name];
    if (is === 'counter') metricMeter.createCounter(name, undefined, what).add(value, labels);
    else metricMeter.createHistogram(name, 'float', undefined, what).record(value, labels);
  }
}
