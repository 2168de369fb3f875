/** How often, and with how many calls, Baton looks for what the platform's webhooks never brought. */
import { z } from 'zod';
import { duration } from './duration.js';
import { rememberFor } from '../workflows/contract/remembered-time.js';

/** What a thread no longer remembers could be answered twice. */
const longestLookBack = rememberFor - 60 * 60 * 1000;

export const reconcileSettings = z.strictObject({
  /** `off`: never. Nothing is lost by a pause shorter than `lookBack`. */
  every: z
    .union([z.literal('off'), duration], {
      error: 'expected a duration such as 15m, or off',
    })
    .prefault('15m'),
  /** Calls to the platform in one run; what is left over is done by the next one. */
  calls: z.number().int().min(4).default(60),
  /** So many of the account's calls a minute at most; customers' replies need the others. */
  callsPerMinute: z.number().int().min(1).default(60),
  /** So much is looked at again: clocks differ, and the platform's lists may lag behind. */
  overlap: duration.prefault('2m'),
  /** So long what is new is left to the webhooks, which are probably bringing it. */
  grace: duration.prefault('1m'),
  /** After a longer outage what is older is left alone, and reported. */
  lookBack: duration
    .refine((time) => time <= longestLookBack, 'expected at most 25h')
    .prefault('24h'),
  /** The account's id as deliveries name it. Learnt from the first thread where it is not given. */
  domainId: z.string().min(1).optional(),
  /** What the platform calls a webhook that works; it publishes no list. */
  healthyStatuses: z
    .array(z.string().min(1).toLowerCase())
    .default(['enabled', 'active', 'ok', 'valid', 'validated', 'verified']),
});

export type ReconcileSettings = z.output<typeof reconcileSettings>;
