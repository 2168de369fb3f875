/**
 * Parameters of the platform's actions: strict for fields that are used, lenient for all others; null
 * counts as absent.
 */
import { z } from 'zod';

const id = z.union([z.string().min(1).max(300), z.number().transform(String)]);
const optionalId = id.nullish().transform((value) => value ?? undefined);
const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const number = z.coerce
  .number()
  .min(0)
  .max(1e9)
  .nullish()
  .transform((value) => value ?? undefined);

/** Fields that identify the conversation. */
const whereabouts = {
  thread_id: optionalId,
  in_reply_to_id: optionalId,
};

export const createdSchema = z.object({
  ...whereabouts,
  /** The platform's id, by which duplicates are recognised. */
  content_id: id,
  author_id: optionalId,
  body: z
    .string()
    .max(100_000)
    .nullish()
    .transform((value) => value ?? ''),
  sender_name: text,
  created_at: text,
  attachments: z
    .array(z.looseObject({ url: z.string(), type: text, filename: text }))
    .max(50)
    .nullish()
    .transform((value) => value ?? undefined),
  structured_content: z
    .looseObject({})
    .refine((value) => JSON.stringify(value).length < 100_000, 'is too large')
    .nullish(),
});
export type Created = z.output<typeof createdSchema>;

export const idSchema = z.object({ id });

export const queueSchema = z.object({
  ...whereabouts,
  estimated_wait_time: number,
  position: number,
});

export const typingSchema = z.object(whereabouts);
