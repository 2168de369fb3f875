/**
 * Opening hours as a thread carries them: numbers only, so that a workflow computes the same times on every
 * worker, whichever time zone database that worker has. `engage/availability/hours-table.ts` builds them;
 * `workflows/shared/working-time.ts` computes with them.
 */
export type OpeningHours = {
  /** Seven days from Monday: spans in minutes since local midnight, in order, without overlaps. */
  readonly week: readonly (readonly MinuteSpan[])[];
  /** Closed days, each as the number of local days since 1970-01-01. */
  readonly holidays: readonly number[];
  /** Offsets from UTC, oldest first. The first one also holds before its time. */
  readonly offsets: readonly ZoneOffset[];
};

export type MinuteSpan = readonly [from: number, to: number];

/** `since`: Unix milliseconds. `minutes`: local time minus UTC. */
export type ZoneOffset = readonly [since: number, minutes: number];
