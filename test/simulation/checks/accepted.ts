/** Nothing that was acknowledged is lost: an event in a delivery answered 200 has reached its thread. */
import { acknowledgedIn, isLost } from '../../harness/outcome/acknowledged.js';
import type { Evidence } from './evidence.js';
import type { Violation } from './violation.js';

export function lostEvents({ world, threads }: Evidence): readonly Violation[] {
  const received = new Map(
    threads.map(({ id, runs, received: events }) => [
      id,
      { began: runs[0]?.start.startedAt, events: new Set(events.map(({ event }) => event.id)) },
    ]),
  );
  const isOurs = new Set(Object.values(world.business.sources).map(({ id }) => id));
  const { state } = world.simulator.platform;
  return acknowledgedIn(state.attempts)
    .filter((event) => isOurs.has(state.threads[event.thread]?.source_id ?? ''))
    .filter((event) => isLost(event, received.get(event.thread)))
    .map(({ id, type, thread, sentAt }) => ({
      ...{ check: 'nothing acknowledged is lost', thread, at: sentAt },
      what: `${type} ${id} was answered 200 and is in no history`,
    }));
}
