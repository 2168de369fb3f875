/**
 * Validates structured contents as the platform does: missing fields are refused by name, surplus items
 * dropped, long texts cut with an ellipsis, unknown properties ignored. Separate code, so that Baton's is
 * tested against an independent implementation.
 */
import { z } from 'zod';
import { ApiError } from './platform.js';

const cut = (most: number) =>
  z
    .string()
    .trim()
    .min(1)
    .transform((text) => (text.length > most ? `${text.slice(0, most - 1)}…` : text));
const few = <T extends z.ZodType>(item: T, most: number) =>
  z
    .array(item)
    .min(1)
    .transform((items) => items.slice(0, most));
const payload = z
  .string()
  .max(1_000)
  .regex(/^[\x20-\x7e]*$/)
  .optional();
const image = {
  attachment_id: z.string().optional(),
  attachment_fallback_id: z.string().optional(),
};
const link = {
  url: z.string().min(1).max(2_048),
  url_fallback: z.string().optional(),
  target: z.enum(['webview', 'open', 'current']).optional(),
  webview_height: z.enum(['full', 'tall', 'compact']).optional(),
};
type Link = { url?: string | undefined; url_fallback?: string | undefined };
const opens = ({ url, url_fallback: instead }: Link) =>
  url === undefined || /^(https?:|\?)/.test(url) || instead !== undefined;
const opening = { path: ['url_fallback'], error: 'is needed for a deep link' };

const button = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('url'), title: cut(80), ...link }),
    z.object({ type: z.literal('reply'), title: cut(80), payload }),
  ])
  .refine((one) => one.type === 'reply' || opens(one), opening);
const card = {
  ...image,
  ...{ title: cut(350), subtitle: cut(1_000).optional(), url_text: cut(80).optional() },
  ...{ url: link.url.optional(), url_fallback: link.url_fallback, footer: cut(60).optional() },
  items: few(button, 4).optional(),
};
const section = { identifier: z.string().max(200), multiple_selection: z.boolean().optional() };
const listed = { payload, section_identifier: z.string().optional(), ...image };

const kinds = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('select'),
    items: few(z.object({ title: cut(80), payload, ...image }), 13),
    center_items: z.boolean().optional(),
    disable_text_input: z.boolean().optional(),
  }),
  z
    .looseObject({ type: z.literal('rich_link'), ...link, ...image, title: cut(350) })
    .refine(opens, opening),
  z.object({ type: z.literal('template'), ...card }).refine(opens, opening),
  z.object({
    type: z.literal('carousel'),
    items: few(z.object(card).refine(opens, opening), 10),
  }),
  z.object({
    type: z.literal('list'),
    ...image,
    ...{ title: cut(1_024), subtitle: cut(512).optional() },
    ...{ header: cut(60).optional(), button: cut(20).optional() },
    sections: few(z.object({ ...section, title: cut(24).optional() }), 10).optional(),
    items: few(z.looseObject({ title: cut(80), subtitle: cut(100).optional(), ...listed }), 10),
  }),
  z.looseObject({
    type: z.literal('time_select'),
    timeslots: few(
      z.object({ identifier: z.string(), start_time: z.string(), duration: z.number() }),
      1_000,
    ),
  }),
  z.looseObject({
    type: z.literal('form'),
    pages: few(z.looseObject({ page_id: z.string(), type: z.string() }), 1_000),
  }),
  z.looseObject({ type: z.literal('apple_pay'), total: z.looseObject({ amount: z.string() }) }),
  z.looseObject({ type: z.literal('authenticate') }),
]);

const withBody: readonly string[] = ['select', 'time_select', 'apple_pay'];

/** @throws ApiError 422 */
export function takeStructured(
  content: unknown,
  hasAttachment: (id: string) => boolean,
): { readonly content: unknown; readonly needsBody: boolean } {
  const parsed = kinds.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const at = ['structured_content', ...(issue?.path ?? [])].join('.');
    throw new ApiError(422, 'validation_error', `${at}: ${issue?.message ?? ''}`);
  }
  for (const id of imagesIn(parsed.data)) {
    if (hasAttachment(id)) continue;
    throw new ApiError(422, 'validation_error', 'structured_content: attachment_id is unknown');
  }
  return { content: parsed.data, needsBody: withBody.includes(parsed.data.type) };
}

function imagesIn(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    /^attachment_(fallback_)?id$/.test(name) ? [String(inner)] : imagesIn(inner),
  );
}

const cards = ['select', 'rich_link', 'template', 'carousel'];
const bySourceType: Readonly<Record<string, readonly string[]>> = {
  whatsapp: ['template', 'list'],
  apple_business_chat: [
    ...['select', 'rich_link', 'list', 'time_select', 'form', 'apple_pay', 'authenticate'],
  ],
  twitter: [],
  viber: [],
};

/** The structured contents that a source supports. */
export function listCapabilities(sourceType: string): readonly string[] {
  return Object.hasOwn(bySourceType, sourceType) ? (bySourceType[sourceType] ?? []) : cards;
}
