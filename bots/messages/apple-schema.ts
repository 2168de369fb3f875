/** Schemas of the Apple Messages for Business kinds. `apple.ts` describes the fields. */
import { z } from 'zod';
import { anything, few, id, picture, words } from './schema-words.js';

const startTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?([+-]\d\d:?\d\d|Z)$/, {
  error: 'is not such a time as 2026-01-20T09:00+0100',
});

export const timeSelect = z.object({
  type: z.literal('time_select'),
  timeslots: few(
    z.object({ identifier: id, start_time: startTime, duration: z.number().positive() }),
  ),
  location: z
    .object({
      latitude: z.number().min(-90).max(90),
      longitude: z.number().min(-180).max(180),
      radius: z.number().min(0).optional(),
      title: anything.optional(),
    })
    .optional(),
  attachment_id: id.optional(),
});

const formPage = z.object({
  page_id: id,
  type: z.enum(['select', 'picker', 'datePicker', 'input']),
  header: anything.optional(),
  title: anything.optional(),
  next_page_id: id.optional(),
  submit_form: z.boolean().optional(),
  multiple_selection: z.boolean().optional(),
  items: z
    .array(z.object({ id, value: anything, title: words, next_page_id: id.optional() }))
    .max(100)
    .optional(),
  options: z.record(z.string(), z.unknown()).optional(),
});

export const form = z.object({
  type: z.literal('form'),
  ...picture,
  title: anything.optional(),
  subtitle: anything.optional(),
  first_page_id: id.optional(),
  private: z.boolean().optional(),
  show_summary: z.boolean().optional(),
  splash: z
    .object({
      header: anything.optional(),
      text: anything.optional(),
      button_title: anything.optional(),
      attachment_id: id.optional(),
    })
    .optional(),
  pages: few(formPage),
});

const amount = z.object({
  amount: z.string().regex(/^-?\d+(\.\d+)?$/, { error: 'is not such an amount as 19.90' }),
  label: words,
  type: z.enum(['final', 'pending']),
});

export const applePay = z.object({
  type: z.literal('apple_pay'),
  payment_gateway_url: z.string().min(1).max(2_048),
  merchant_session: z.union([anything, z.record(z.string(), z.unknown())]).optional(),
  merchant_identifier: id,
  merchant_name: words,
  merchant_capabilities: few(id),
  supported_networks: few(id),
  country_code: id,
  currency_code: id,
  items: z.array(amount).max(100).optional(),
  total: amount,
});

export const authenticate = z.object({
  type: z.literal('authenticate'),
  response_body: anything.optional(),
  attachment_id: id.optional(),
});
