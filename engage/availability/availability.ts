/** Agent availability of each source: opening hours, and how to look up connected agents. */
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

export type AvailableAgents = Opening & {
  readonly ask: 'always' | 'whenRealtime' | 'never';
  /** Only agents of these teams count; empty: all agents. */
  readonly teamIds: readonly string[];
};

const asks = { ask: 'always', askWhenRealtime: 'whenRealtime', ignore: 'never' } as const;

/** A source without hours is always open; an unknown one is `undefined`. */
export function createAvailability(
  settings: AvailabilitySettings,
  now: () => number,
): (input: { readonly sourceId: string }) => AvailableAgents | undefined {
  return ({ sourceId }) => {
    const source = Object.values(settings.sources).find(({ id }) => id === sourceId);
    if (!source) return undefined;
    const opening = source.hours ? openingAt(source.hours, now()) : { isOpen: true };
    return {
      ...opening,
      ask: asks[source.availability],
      teamIds: source.teams,
    };
  };
}
