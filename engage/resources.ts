/**
 * The platform's REST answers, as far as Baton reads them. Everything but `id` is optional and nullable
 * on the platform; what we need and miss is an error of its own (`BadAnswer`), never `undefined`
 * travelling inward. Source: Engage REST reference, typed resources.
 */
import { z } from 'zod';

const id = z.union([z.string().min(1), z.number().transform(String)]);
const optionalId = id.nullish().transform((value) => value ?? undefined);
const ids = z
  .array(id)
  .nullish()
  .transform((value) => value ?? []);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const count = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? undefined);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
/** Second precision. */
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));

export const threadSchema = z.object({
  id,
  source_id: optionalId,
  closed: flag,
  contents_count: count,
  /** The thread's own categories: the set to edit. `category_ids` also has its contents'. */
  thread_category_ids: ids,
});
export type Thread = z.output<typeof threadSchema>;

export const contentSchema = z.object({
  id,
  thread_id: optionalId,
  source_id: optionalId,
  author_id: optionalId,
  creator_id: optionalId,
  in_reply_to_id: optionalId,
  intervention_id: optionalId,
  body: text,
  status: text,
  synchronization_status: text,
  created_at: time,
});
export type Content = z.output<typeof contentSchema>;

export const interventionSchema = z.object({
  id,
  thread_id: optionalId,
  user_id: optionalId,
  closed: flag,
});
export type Intervention = z.output<typeof interventionSchema>;

export const webhookSchema = z.object({ id, active: flag, url: text, webhook_status: text });
export type Webhook = z.output<typeof webhookSchema>;

export function pageOf<T extends z.ZodType>(record: T) {
  return z.object({ count: z.number().int(), records: z.array(record) });
}

/** Every JSON error has all three; a few errors are not JSON at all. */
export const errorSchema = z.object({
  error: z.string(),
  message: z.string(),
  status: z.union([z.number().int(), z.string()]).optional(),
});
