/**
 * Groups events by thread and puts each thread's in the order in which they happened. Pure.
 *
 * Within a second the platform's lists do not give the order of contents and intervention events.
 * Agents engage, then write, then complete; therefore each kind of event gets its own part of the
 * second, as milliseconds of `issuedAt`, by which a thread orders these events and those from
 * webhooks.
 */
import type { EngageEvent } from '../../workflows/contract/engage-event.js';
import type { ThreadFact } from './facts.js';

export type ThreadFacts = {
  readonly threadId: string;
  readonly sourceId: string | undefined;
  /** Time of the earliest of them. */
  readonly first: number;
  readonly events: readonly EngageEvent[];
};

/** Oldest thread first. Events of other sources are left out. */
export function byThread(
  facts: readonly ThreadFact[],
  isOurs: (sourceId: string) => boolean,
): readonly ThreadFacts[] {
  const groups = new Map<string, ThreadFact[]>();
  for (const fact of facts) {
    const group = groups.get(fact.threadId);
    if (group) group.push(fact);
    else groups.set(fact.threadId, [fact]);
  }
  const threads = [...groups.values()].flatMap((group) => {
    const sourceId = group.find((fact) => fact.sourceId !== undefined)?.sourceId;
    if (sourceId !== undefined && !isOurs(sourceId)) return [];
    return [toThreadFacts(group, sourceId)];
  });
  return threads.sort((a, b) => a.first - b.first);
}

function toThreadFacts(group: readonly ThreadFact[], sourceId: string | undefined): ThreadFacts {
  const ended = group.map((fact, index) => lateEnough(fact, group, index));
  const kept = ended.filter((fact, index) => !isUndone(fact, ended.slice(index + 1)));
  const ranked = kept.map((fact) => ({ ...fact, part: partOf(fact.event) }));
  const ordered = ranked.sort((a, b) => a.at - b.at || a.part - b.part);
  let before = { at: -1, rank: -1 };
  const events = ordered.map(({ at, part, event }) => {
    const rank = before.at === at ? Math.max(part, before.rank + 1) : part;
    before = { at, rank };
    return { ...event, issuedAt: at + Math.min(rank, 999) };
  });
  const [head] = ordered;
  return { threadId: head?.threadId ?? '', sourceId, first: head?.at ?? 0, events };
}

/** True for an end that was undone within the same second: it has no effect. */
function isUndone({ at, event }: ThreadFact, later: readonly ThreadFact[]): boolean {
  if (!isEnd(event) || !('interventionId' in event)) return false;
  return later.some(
    (other) =>
      other.at === at &&
      'interventionId' in other.event &&
      other.event.interventionId === event.interventionId &&
      !isEnd(other.event),
  );
}

/**
 * A reply needs an open intervention. A completion dated one second before a reply, with no new
 * opening between them, therefore happened after it: the platform's two lists differ by up to a
 * second.
 */
function lateEnough(fact: ThreadFact, group: readonly ThreadFact[], index: number): ThreadFact {
  if (!isEnd(fact.event)) return fact;
  const next = fact.at + 1_000;
  const isReopened = group.some(
    ({ at, event }, other) =>
      'interventionId' in event && !isEnd(event) && at <= next && at >= fact.at && other > index,
  );
  const isReplied = group.some(
    ({ at, event }) =>
      at === next && event.userId !== undefined && event.type === 'content.replied',
  );
  return isReplied && !isReopened ? { ...fact, at: next } : fact;
}

function isEnd({ type }: EngageEvent): boolean {
  return type === 'intervention.closed' || type === 'intervention.canceled';
}

/** Millisecond within the second, by kind: engaging, writing, delivery, completing or locking. */
function partOf(event: EngageEvent): number {
  if ('content' in event) return event.type === 'content.exported' ? 800 : 100;
  const isLast = isEnd(event) || event.type === 'intervention.deferred';
  return !isLast && ('interventionId' in event || 'taskId' in event) ? 0 : 999;
}
