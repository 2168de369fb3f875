/** How Baton knows who may answer where, and how fresh its knowledge of who is there must be. */
import { z } from 'zod';
import { duration } from './duration.js';

export const directorySettings = z.strictObject({
  /** Reading who may answer where again; `off`: only when an operator asks. */
  every: z
    .union([z.literal('off'), duration], { error: 'expected a duration such as 24h, or off' })
    .prefault('24h'),
  /** So many of the account's calls a minute at most; a call for each person who may take threads. */
  callsPerMinute: z.number().int().min(1).default(60),
  /** Who is connected is asked anew when the last answer is older. */
  presenceFor: duration
    .refine((time) => time <= 60_000, 'expected at most 60s: presence must be fresh')
    .prefault('5s'),
});
