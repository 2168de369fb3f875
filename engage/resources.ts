/**
 * The platform's REST resources, as far as Baton reads them. Every field but `id` is optional and nullable
 * on the platform; a missing field that Baton needs is an error (`BadAnswer`), so that no `undefined`
 * spreads. Source: Engage REST reference, typed resources.
 */
import { z } from 'zod';
import { contentLimits, optionalIds, optionalText } from './lenient.js';

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
/** Precision of a second. */
const time = z.iso.datetime({ offset: true }).transform((value) => Date.parse(value));
const optionalTime = time.nullish().transform((value) => value ?? undefined);

export const threadSchema = z.object({
  id,
  source_id: optionalId,
  closed: flag,
  contents_count: count,
  /** The thread's own categories, to be edited. `category_ids` also includes those of its contents. */
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
  foreign_id: optionalId,
  approval_required: flag,
  body: text,
  status: text,
  synchronization_status: text,
  created_at: time,
});
export type Content = z.output<typeof contentSchema>;

/** A content in a list, with all fields that a webhook would have delivered, and with its limits. */
export const listedContentSchema = contentSchema.extend({
  body: optionalText(contentLimits.body),
  status: optionalText(contentLimits.word),
  private_message: flag,
  auto_submitted: flag,
  attachments_count: count,
  category_ids: optionalIds,
  created_from: text,
  language: optionalText(contentLimits.word),
  structured_reply: z.looseObject({ payload: optionalText(contentLimits.payload) }).nullish(),
});
export type ListedContent = z.output<typeof listedContentSchema>;

export const interventionSchema = z.object({
  id,
  thread_id: optionalId,
  user_id: optionalId,
  closed: flag,
});
export type Intervention = z.output<typeof interventionSchema>;

export const listedInterventionSchema = interventionSchema.extend({
  source_id: optionalId,
  created_at: optionalTime,
  updated_at: optionalTime,
});
export type ListedIntervention = z.output<typeof listedInterventionSchema>;

/** The platform does not guarantee the fields of `extra_infos`. */
export const journalEntrySchema = z.object({
  id,
  name: text,
  user_id: optionalId,
  created_at: time,
  extra_infos: z
    .looseObject({
      content_thread_id: optionalId,
      content_source_id: optionalId,
      content_id: optionalId,
      intervention_id: optionalId,
      task_id: optionalId,
      user_id: optionalId,
    })
    .nullish()
    .catch(undefined),
});
export type JournalEntry = z.output<typeof journalEntrySchema>;

export const commentSchema = z.object({ id, body: text, user_id: optionalId });
export type Comment = z.output<typeof commentSchema>;

/** The platform does not return type and choices here. */
export const customFieldSchema = z.object({
  id,
  key: text,
  associated_type_name: text,
  multiple: flag,
});
export type CustomField = z.output<typeof customFieldSchema>;

/** The values of `webhook_status` are not published. */
export const webhookSchema = z.object({
  id,
  active: flag,
  url: text,
  webhook_status: text,
  registered_events: z
    .array(z.string())
    .nullish()
    .transform((value) => value ?? []),
});
export type Webhook = z.output<typeof webhookSchema>;

export function createPageSchema<T extends z.ZodType>(record: T) {
  return z.object({ count: z.number().int(), records: z.array(record) });
}

/** Every JSON error has all three fields; a few errors are not JSON. */
export const errorSchema = z.object({
  error: z.string(),
  message: z.string(),
  status: z.union([z.number().int(), z.string()]).optional(),
});
