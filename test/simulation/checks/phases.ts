/**
 * The phase history of a thread: each move is legal, and no human has the thread by an act that came before
 * the last human was done.
 */
import { moves } from '../../../workflows/contract/lifecycle.js';
import type { PhaseEntry } from '../../../workflows/contract/phase-history.js';
import type { Evidence, ThreadEvidence } from './evidence.js';
import type { Violation } from './violation.js';

/** Every move between phases is in the table of `lifecycle.ts`. */
export function illegalMoves({ threads }: Evidence): readonly Violation[] {
  return threads.flatMap(({ id, phases }) =>
    phases.slice(1).flatMap((entry, index) => {
      const before = phases[index];
      if (!before || isLegal(before, entry)) return [];
      const what = `${before.phase} to ${entry.phase} because of ${entry.reason}`;
      return [{ check: 'only legal moves', thread: id, at: entry.since, what }];
    }),
  );
}

function isLegal(before: PhaseEntry, { phase, reason }: PhaseEntry): boolean {
  const legal: Partial<Record<string, string>> = moves[before.phase];
  const to = legal[reason];
  // Other reasons are those of a request for a human.
  return to === undefined ? isRequested(before, phase, reason) : to === phase;
}

function isRequested(before: PhaseEntry, to: PhaseEntry['phase'], reason: string): boolean {
  const isMove = Object.values(moves).some((one) => Object.hasOwn(one, reason));
  return !isMove && Object.values(moves[before.phase]).some((phase) => phase === to);
}

/**
 * After a human has closed the intervention, and the thread has left them, only a later act of a human brings
 * it back to phase `agent`.
 */
export function movedBack({ threads }: Evidence): readonly Violation[] {
  return threads.flatMap((one) => {
    const { phases } = one;
    return phases.flatMap((entry, index) => {
      const settled = phases.findLastIndex(
        ({ reason }, at) => at < index && reason === 'interventionSettled',
      );
      if (entry.reason !== 'agentEngaged' || settled === -1) return [];
      const [done, before] = [closedBefore(one, phases[settled]!.since), phases[settled]!.since];
      if (done === undefined || actedWithin(one, done, entry.since)) return [];
      const what = `no human acted after the intervention was closed, which was settled at ${iso(before)}`;
      return [{ check: 'a late fact moves nothing back', thread: one.id, at: entry.since, what }];
    });
  });
}

/** By the platform's clock: the newest closing that the thread had received by then. */
function closedBefore({ received }: ThreadEvidence, at: number): number | undefined {
  const closings = received.filter(
    (one) => one.event.type === 'intervention.closed' && one.at <= at,
  );
  return closings.at(-1) && Math.max(...closings.map(({ event }) => event.issuedAt));
}

/** An act of a human that the platform recorded after `from` and up to `to`. */
function actedWithin({ received, contents }: ThreadEvidence, from: number, to: number): boolean {
  const isTheirs = (by: string) => by.startsWith('agent:') || by.startsWith('native:');
  const wrote = contents.some(({ by, created_at: at }) => isTheirs(by) && isIn(Date.parse(at)));
  function isIn(at: number): boolean {
    return at > from && at <= to;
  }
  return wrote || received.some(({ event }) => isEngaging(event.type) && isIn(event.issuedAt));
}

function isEngaging(type: string): boolean {
  return (
    type === 'task.taken' || (type.startsWith('intervention.') && type !== 'intervention.closed')
  );
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
