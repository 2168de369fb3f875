/** Schema of the reconciler: its interval and its budget of calls. */
import { z } from 'zod';
import { duration } from './duration.js';
import { rememberFor } from '../workflows/contract/remembered-time.js';

/** An event older than a thread's memory could be answered twice. */
const longestLookBack = rememberFor - 60 * 60 * 1000;

export const reconcileSettings = z.strictObject({
  /** `off`: never. A pause shorter than `lookBack` loses nothing. */
  every: z
    .union([z.literal('off'), duration], {
      error: 'expected a duration such as 15m, or off',
    })
    .prefault('15m'),
  /** Calls to the platform per run; the next run continues. */
  calls: z.number().int().min(4).default(60),
  /** Maximum number of the account's calls per minute; customers' replies need the others. */
  callsPerMinute: z.number().int().min(1).default(60),
  /** Overlap with the previous run, because clocks differ and the platform's lists may lag behind. */
  overlap: duration.prefault('2m'),
  /** Minimum age of an event, because webhooks are probably still delivering newer ones. */
  grace: duration.prefault('1m'),
  /** Maximum age of an event; after a longer outage older ones are skipped and reported. */
  lookBack: duration
    .refine((time) => time <= longestLookBack, 'expected at most 25h')
    .prefault('24h'),
  /** The account's domain id, as in deliveries. By default taken from the first thread. */
  domainId: z.string().min(1).optional(),
  /** Status values of a working webhook; the platform publishes no list. */
  healthyStatuses: z
    .array(z.string().min(1).toLowerCase())
    .default(['enabled', 'active', 'ok', 'valid', 'validated', 'verified']),
});

export type ReconcileSettings = z.output<typeof reconcileSettings>;
