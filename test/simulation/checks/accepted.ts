/**
 * Nothing that was acknowledged is lost: an event in a delivery answered 200 has reached its thread. An event
 * that starts no thread is dropped on purpose while none runs.
 */
import { effectOf } from '../../../workflows/contract/index.js';
import { acknowledgedIn, isLost } from '../../harness/outcome/acknowledged.js';
import type { Run } from '../temporal/run.js';
import type { Evidence } from './evidence.js';
import type { Violation } from './violation.js';

/** Milliseconds that a delivery is on its way, and that the ingress may take for it. */
const onTheWay = 10_000;

export function lostEvents({ world, threads }: Evidence): readonly Violation[] {
  const received = new Map(
    threads.map(({ id, runs, received: events }) => [
      id,
      {
        runs,
        began: runs[0]?.start.startedAt,
        events: new Set(events.map(({ event }) => event.id)),
      },
    ]),
  );
  const isOurs = new Set(Object.values(world.business.sources).map(({ id }) => id));
  const { state } = world.simulator.platform;
  return acknowledgedIn(state.attempts)
    .filter((event) => isOurs.has(state.threads[event.thread]?.source_id ?? ''))
    .filter(
      ({ type, thread, sentAt }) =>
        effectOf(type) === 'starts' || ran(received.get(thread)?.runs ?? [], sentAt),
    )
    .filter((event) => isLost(event, received.get(event.thread)))
    .map(({ id, type, thread, sentAt }) => ({
      ...{ check: 'nothing acknowledged is lost', thread, at: sentAt },
      what: `${type} ${id} was answered 200 and is in no history`,
    }));
}

/** The thread had a run all the while that a delivery was on its way. */
function ran(runs: readonly Run[], sentAt: number): boolean {
  const last = runs.findLast(({ start }) => start.startedAt <= sentAt);
  const closings = runs.filter(
    ({ status }) => status !== 'RUNNING' && status !== 'CONTINUED_AS_NEW',
  );
  const isClosing = closings.some(({ closedAt = 0 }) => Math.abs(closedAt - sentAt) < onTheWay);
  return last !== undefined && !isClosing && !closings.includes(last);
}
