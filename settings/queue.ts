/** Messages about the queue position to a customer who waits for an agent. */
import { z } from 'zod';
import { duration } from './duration.js';

const text = z.string().min(1).max(1_000);

const everyAtLeast = 10_000;

export const queueSchema = z.strictObject({
  /** Minimum interval; only changes are sent. */
  tellEvery: duration
    .refine((every) => every >= everyAtLeast, 'must be 10s or more')
    .prefault('2m'),
  /** `{position}` is a number, `{wait}` whole minutes; `~5` marks an estimate. */
  say: text.default('You are number {position} in the queue. Estimated wait: {wait} min.'),
  /** Used when the waiting time is unknown. */
  sayWithoutWait: text
    .refine((words) => !words.includes('{wait}'), 'needs the placeholder {wait}')
    .default('You are number {position} in the queue.'),
});
