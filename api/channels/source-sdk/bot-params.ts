/** Schemas of what a Source SDK bot sends. Strict, so that the bot's author learns of each mistake. */
import { z } from 'zod';
import { idPattern } from '../../../workflows/contract/index.js';

const id = z
  .string()
  .regex(idPattern, 'expected 1 to 64 letters, digits, -, _ and . , without personal data');
const words = (most: number) => z.string().max(most);
const url = z.url({ protocol: /^https?$/ }).max(2_000);

const conversation = { source: z.string().max(64), conversation: id };

/** Shaped like the platform's user object; context data is stored in the customer's record there. */
const customer = z.strictObject({
  id: words(100).min(1),
  screenname: words(200).min(1),
  firstname: words(200).optional(),
  lastname: words(200).optional(),
  email: words(300).optional(),
  avatar_url: url.optional(),
  home_phone: words(50).optional(),
  mobile_phone: words(50).optional(),
  gender: z.enum(['man', 'woman']).optional(),
  language: words(20).optional(),
  context_data: z.record(z.string().regex(/^[a-zA-Z-]{1,64}$/), words(1_000)).optional(),
});

const message = z
  .strictObject({
    id,
    by: z.enum(['customer', 'bot']),
    body: words(20_000).default(''),
    at: z.iso.datetime({ offset: true }).optional(),
    attachments: z
      .array(z.strictObject({ url, type: words(50).optional(), filename: words(300).optional() }))
      .min(1)
      .max(20)
      .optional(),
  })
  .refine(({ body, attachments }) => body !== '' || attachments, {
    path: ['body'],
    error: 'is needed, unless there are attachments',
  });

export const saidSchema = z.strictObject({
  ...conversation,
  message,
  customer: customer.optional(),
});

export const handOverSchema = z.strictObject({
  ...conversation,
  /** Idempotency id of this request: repeated, it is the same handover. */
  id,
  because: z.enum(['customerAsked', 'botGaveUp']).default('customerAsked'),
  why: words(500).default(''),
  customer: customer.optional(),
  /** The conversation so far, oldest first; messages already received are recognised by their id. */
  transcript: z.array(message).max(100).default([]),
});

export const describeSchema = z.strictObject(conversation);

export type MessageParams = z.output<typeof message>;
export type CustomerParams = z.output<typeof customer>;
