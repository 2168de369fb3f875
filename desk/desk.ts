/** The desk of each source: is it open, and who is there. */
import type { Desk } from '../workflows/work.js';
import { openingAt, type Hours } from './hours.js';

export type DeskSettings = {
  readonly sources: Readonly<
    Record<string, { readonly id: string; readonly hours?: Hours | undefined }>
  >;
};

/** A source without hours is always open. Who is there nobody asks yet. */
export function createDesk(
  settings: DeskSettings,
  now: () => number,
): (input: { readonly sourceId: string }) => Promise<Desk> {
  return ({ sourceId }) => {
    const source = Object.values(settings.sources).find(({ id }) => id === sourceId);
    const opening = source?.hours ? openingAt(source.hours, now()) : { isOpen: true };
    return Promise.resolve({ ...opening, agents: 'unknown' });
  };
}
