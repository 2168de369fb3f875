/** What a workflow's history is made of: how many events of each kind. */
import type { WorkflowHandle } from '@temporalio/client';
import { until } from '../harness/until.js';

export type Kinds = ReadonlyMap<string, number>;

/** Events by kind, in words of a report, not of the protocol. */
const kinds: readonly (readonly [RegExp, string])[] = [
  [/WORKFLOW_TASK/, 'workflow tasks'],
  [/ACTIVITY_TASK/, 'activities'],
  [/SIGNALED/, 'signals'],
  [/TIMER/, 'timers'],
  [/MARKER/, 'markers of local activities'],
  [/UPSERT|PROPERTIES/, 'search attributes and details'],
];

/** An event is known by the name of its attributes. */
export function countKinds(events: readonly object[]): Kinds {
  const counts = new Map<string, number>();
  for (const event of events) {
    const name = nameOf(event);
    const kind = kinds.find(([pattern]) => pattern.test(name))?.[1] ?? 'others';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

function nameOf(event: object): string {
  const attributes = Object.entries(event).find(
    ([name, value]) => name.endsWith('EventAttributes') && value !== null && value !== undefined,
  );
  return (attributes?.[0] ?? '').replace(/([A-Z])/g, '_$1').toUpperCase();
}

export async function kindsOf(workflow: WorkflowHandle): Promise<Kinds> {
  const { events } = await workflow.fetchHistory();
  return countKinds(events ?? []);
}

/** What came between two looks, each divided by so many turns. */
export function perTurn(before: Kinds, after: Kinds, turns: number): Kinds {
  const grown = [...after].map(
    ([kind, count]) => [kind, (count - (before.get(kind) ?? 0)) / turns] as const,
  );
  return new Map(grown.filter(([, count]) => count > 0));
}

export function total(counts: Kinds): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}

/** The largest first. */
export function formatKinds(counts: Kinds): string {
  const sorted = [...counts].sort(([, a], [, b]) => b - a);
  return sorted.map(([kind, count]) => `${Number(count.toFixed(1))} ${kind}`).join(', ');
}

/** It is longer than before, and has not grown for three looks. @returns its length */
export async function untilStill(workflow: WorkflowHandle, before = 0): Promise<number> {
  let [last, looks] = [0, 0];
  return until(
    'a history that is still',
    async () => {
      const { historyLength } = await workflow.describe().catch(() => ({ historyLength: 0 }));
      looks = historyLength === last && historyLength > before ? looks + 1 : 0;
      last = historyLength;
      return looks >= 3 ? historyLength : undefined;
    },
    { every: 250 },
  );
}
