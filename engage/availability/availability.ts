/** The desk of each source: is it open, and how is asked who is there. */
import { openingAt, type Hours, type Opening } from './hours.js';

export type Availability = 'ask' | 'askWhenRealtime' | 'ignore';

export type AvailabilitySettings = {
  readonly sources: Readonly<
    Record<
      string,
      {
        readonly id: string;
        readonly hours?: Hours | undefined;
        readonly availability: Availability;
        readonly teams: readonly string[];
      }
    >
  >;
};

export type OpenDesk = Opening & {
  readonly ask: 'always' | 'whenRealtime' | 'never';
  /** Only their people count; none: everybody. */
  readonly teamIds: readonly string[];
};

const asks = { ask: 'always', askWhenRealtime: 'whenRealtime', ignore: 'never' } as const;

/** A source without hours is always open. */
export function createAvailability(
  settings: AvailabilitySettings,
  now: () => number,
): (input: { readonly sourceId: string }) => OpenDesk {
  return ({ sourceId }) => {
    const source = Object.values(settings.sources).find(({ id }) => id === sourceId);
    const opening = source?.hours ? openingAt(source.hours, now()) : { isOpen: true };
    return {
      ...opening,
      ask: asks[source?.availability ?? 'ignore'],
      teamIds: source?.teams ?? [],
    };
  };
}
