/** Schema of the directory's refresh and of the cache of connected agents. */
import { z } from 'zod';
import { duration } from './duration.js';

export const directorySettings = z.strictObject({
  /** Interval of refreshes; `off`: only on an operator's request. */
  every: z
    .union([z.literal('off'), duration], { error: 'expected a duration such as 24h, or off' })
    .prefault('24h'),
  /**
   * Maximum number of the account's calls per minute; a refresh needs one call per person who may take
   * threads.
   */
  callsPerMinute: z.number().int().min(1).default(60),
  /** Lifetime of a cached answer about connected agents. */
  availabilityFor: duration
    .refine((time) => time <= 60_000, 'expected at most 60s: availability must be fresh')
    .prefault('5s'),
});
