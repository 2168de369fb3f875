/**
 * Schemas of structured messages: their shape, and constraints that cutting cannot fix. Texts that are too
 * long and surplus items are accepted here: `fit.ts` cuts and reports them. Unknown fields are dropped, as
 * on the platform.
 */
import { z } from 'zod';
import { applePay, authenticate, form, timeSelect } from './apple-schema.js';
import { anything, few, id, picture, words } from './schema-words.js';

const payload = z
  .string()
  .max(1_000)
  .regex(/^[\x20-\x7e]*$/, { error: 'has other characters than ASCII' });
const url = z.string().min(1).max(2_048);

const isWebAddress = (address: string) => /^https?:\/\/\S+$/i.test(address);

type Linked = {
  readonly url?: string | undefined;
  readonly url_fallback?: string | undefined;
  readonly app_id?: string | undefined;
  readonly bid?: string | undefined;
};
/** Whether a link opens on every device: deep links need a web address besides, iMessage apps their id. */
function opensEverywhere({ url: to, url_fallback: instead, app_id: app, bid }: Linked): boolean {
  if (to === undefined || isWebAddress(to)) return true;
  if (to.startsWith('?')) return app !== undefined || bid !== undefined;
  return instead !== undefined && isWebAddress(instead);
}
const everywhere = {
  path: ['url_fallback'],
  error: 'is needed where url is no address of the web',
};

const link = {
  url,
  url_fallback: url.optional(),
  target: z.enum(['webview', 'open', 'current']).optional(),
  webview_height: z.enum(['full', 'tall', 'compact']).optional(),
};

const select = z.object({
  type: z.literal('select'),
  items: few(z.object({ title: words, payload: payload.optional(), ...picture })),
  center_items: z.boolean().optional(),
  disable_text_input: z.boolean().optional(),
});

const richLink = z
  .object({
    type: z.literal('rich_link'),
    ...link,
    ...picture,
    title: words,
    subtitle: anything.optional(),
    url_text: anything.optional(),
    app_id: id.optional(),
    app_name: anything.optional(),
    app_icon: anything.optional(),
    bid: id.optional(),
    use_live_layout: z.boolean().optional(),
  })
  .refine(opensEverywhere, everywhere);

const button = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('url'), title: words, ...link }),
    z.object({
      type: z.literal('reply'),
      title: words,
      payload: z.string().max(1_000).optional(),
    }),
  ])
  .refine((one) => one.type === 'reply' || opensEverywhere(one), everywhere);

const cardFields = {
  ...picture,
  title: words,
  subtitle: anything.optional(),
  url: url.optional(),
  url_fallback: url.optional(),
  url_text: anything.optional(),
  items: z.array(button).max(100).optional(),
};
const template = z
  .object({ type: z.literal('template'), ...cardFields, footer: anything.optional() })
  .refine(opensEverywhere, everywhere);
const carousel = z.object({
  type: z.literal('carousel'),
  items: few(z.object(cardFields).refine(opensEverywhere, everywhere)),
});

const section = z.object({
  identifier: id,
  title: anything.optional(),
  multiple_selection: z.boolean().optional(),
});
const list = z.object({
  type: z.literal('list'),
  ...picture,
  title: words,
  subtitle: anything.optional(),
  header: anything.optional(),
  button: anything.optional(),
  sections: z.array(section).max(100).optional(),
  items: few(
    z.object({
      ...picture,
      title: words,
      subtitle: anything.optional(),
      description: anything.optional(),
      payload: payload.max(200).optional(),
      section_identifier: id.optional(),
    }),
  ),
});

const kinds = [
  select,
  richLink,
  template,
  carousel,
  list,
  timeSelect,
  form,
  applePay,
  authenticate,
] as const;

/** Limit of a whole message: a thread carries it until it is sent. */
const sizeLimit = 20_000;

export const structuredSchema = z
  .discriminatedUnion('type', kinds, {
    error: () => `expected one of ${names().join(', ')}`,
  })
  .refine((message) => JSON.stringify(message).length <= sizeLimit, {
    error: `is more than ${sizeLimit} characters`,
  });

function names(): readonly string[] {
  return kinds.flatMap(({ shape }) => [...shape.type.values]);
}
