/**
 * Caches connected agents for as long as the settings allow: handovers of the same source and category
 * within some seconds share one call to the platform. A failure is passed to its callers and not cached.
 */
import type { AgentStatus } from '../people-resources.js';

type Place = { readonly sourceId: string; readonly categoryId: string };
type Ask = (place: Place) => Promise<readonly AgentStatus[]>;

/** @param freshFor cache lifetime in milliseconds, from the start of the call; 0: no cache */
export function createAgentStatusReader(
  ask: Ask,
  freshFor: number,
  now: () => number = () => performance.now(),
): Ask {
  const asked = new Map<string, { readonly at: number; readonly answer: ReturnType<Ask> }>();
  return (place) => {
    const key = `${place.sourceId} ${place.categoryId}`;
    const known = asked.get(key);
    if (known && now() - known.at < freshFor) return known.answer;
    const current = { at: now(), answer: ask(place) };
    asked.set(key, current);
    current.answer.catch(() => {
      if (asked.get(key) === current) asked.delete(key);
    });
    return current.answer;
  };
}
