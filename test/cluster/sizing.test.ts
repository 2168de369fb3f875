/** What is worked out from what was measured: sums that can be done by hand. */
import { expect, it } from 'vitest';
import { actionsIn } from './sizing/actions.js';
import { aMillion, listPrices, planFor } from './sizing/plan.js';

const measured = {
  ...{ threads: 1, turns: 1, bytesOfThread: 10_000, bytes: 5_000, walBytes: 20_000 },
  ...{ transactions: 10, events: 20, actions: 8, deliveries: 4, calls: 2 },
  cpu: { worker: 12, ingress: 3, Temporal: 24, PostgreSQL: 6 },
};

it('a load needs so much', () => {
  const plan = planFor(measured, aMillion, listPrices);
  expect(plan).toMatchObject({
    turnsPerSecond: 250,
    callsPerMinute: 30_000,
    accounts: 60,
    processes: { workers: 5, ingresses: 2 },
    writesPerSecond: 2_500,
    walMegabytesPerSecond: 5,
    // 2,500 writes of 5 ms are 12.5 busy shards; one in fifty may be.
    shards: 1_024,
    openGigabytes: 30,
    actionsPerSecond: 2_000,
    actionsPerMonth: 1_296_000_000,
  });
  expect(plan.cores.worker).toBeCloseTo(5);
  expect(plan.dollarsPerMonth.actions).toBeCloseTo(
    5 * 50 + 5 * 45 + 10 * 40 + 30 * 35 + 50 * 30 + 1_196 * 25,
  );
});

it('actions are counted as Temporal Cloud bills them', () => {
  const marker = (task: number) => ({
    markerRecordedEventAttributes: {
      markerName: 'core_local_activity',
      workflowTaskCompletedEventId: task,
    },
  });
  const history = [
    { workflowExecutionStartedEventAttributes: {} },
    { workflowExecutionSignaledEventAttributes: {} },
    { workflowTaskScheduledEventAttributes: {} },
    ...[marker(4), marker(4), marker(9)],
    { activityTaskScheduledEventAttributes: {} },
    { activityTaskStartedEventAttributes: { attempt: 3 } },
    { timerStartedEventAttributes: {} },
  ];
  expect(actionsIn(history as never)).toBe(1 + 1 + 2 + 3 + 1);
});
