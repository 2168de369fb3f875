/** What a customer who waits for a human hears of where they stand. */
import { z } from 'zod';
import { duration } from './duration.js';

const text = z.string().min(1).max(1_000);

const everyAtLeast = 10_000;

export const queueSchema = z.strictObject({
  /** No more often than this, and only what has changed. */
  tellEvery: duration
    .refine((every) => every >= everyAtLeast, 'must be 10s or more')
    .prefault('2m'),
  /** `{position}` is a number, `{wait}` whole minutes, `~5` where it is only an estimate. */
  say: text.default('You are number {position} in the queue. Estimated wait: {wait} min.'),
  /** When nobody can say how long. */
  sayWithoutWait: text
    .refine((words) => !words.includes('{wait}'), 'there is no {wait} to fill in')
    .default('You are number {position} in the queue.'),
});
