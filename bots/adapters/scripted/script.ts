/**
 * A script: what a scripted bot says to which words, in one language or several. Any text may be a map by
 * language, `{ en: Hello!, fr: Bonjour ! }`; the first of it is for all other languages.
 */
import { z } from 'zod';

const plain = z.string().min(1);

/** A text, or one for each language. */
export const text = z.union([
  plain,
  z
    .record(
      z.string().regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, 'expected a language such as fr'),
      plain,
    )
    .refine((texts) => Object.keys(texts).length > 0, 'expected one language at least'),
]);
export type Text = z.output<typeof text>;

const words = z.array(plain).default([]);

const ascii = z
  .string()
  .regex(/^[\x20-\x7e]{1,1000}$/, 'expected up to 1,000 letters without accents');

/** One thing to choose; `payload` is what the bot hears. Limits of the platform's select. */
const choice = z.strictObject({ title: text, payload: ascii });
export type Choice = z.output<typeof choice>;
const choices = z.array(choice).min(1).max(13);

/** One thing to ask for. */
const slot = z
  .strictObject({
    ask: text,
    /** The value is what of the customer's words this finds, without case: its first group, or all of it. */
    pattern: z.string().min(1).refine(isPattern, 'is not a regular expression').optional(),
    /** … or the payload of what is chosen; with neither it is all the customer says. */
    choices: choices.optional(),
    /** Said when there is no value in it; without it the question is asked again. */
    retry: text.optional(),
    /** So often is asked, then a human takes over. */
    tries: z.number().int().min(1).max(10).default(3),
    /** `learnt`: known of the customer from now on; `fields`: for the human it is handed over to. */
    into: z.enum(['customerProfile', 'fields']).default('customerProfile'),
  })
  .refine(
    ({ pattern, choices: some }) => !(pattern && some),
    'has a pattern and choices: one is enough',
  );
export type Slot = z.output<typeof slot>;

const answer = z
  .strictObject({
    when: words,
    /** `{order}` in it is what the slot `order` holds. */
    say: text.optional(),
    /** Asked for before it is said, in this order, by key; what is known already is not asked again. */
    slots: z
      .record(z.string().regex(/^\w{1,40}$/, 'expected letters and digits'), slot)
      .default({}),
    /** Shown with it; what is chosen is heard as its payload. */
    choices: choices.optional(),
    /** After it a human takes over. */
    handOver: z.boolean().default(false),
  })
  .refine(({ say, handOver }) => say !== undefined || handOver, {
    path: ['say'],
    error: 'is needed, unless it hands over',
  });
export type Answer = z.output<typeof answer>;

export const scriptSchema = z.strictObject({
  /** Said once, at the beginning of a conversation. */
  greet: text.optional(),
  answers: z.array(answer).default([]),
  solvedOn: words,
  /** Said when the customer's words say it is solved. */
  goodbye: text.optional(),
  handOverOn: words,
  /** Said with the handover; without it Baton's own text is. */
  farewell: text.optional(),
  dontKnow: text.default('Sorry, I did not understand. Could you say it differently?'),
  /** Not knowing so often in a row ends in a handover. */
  maxMisses: z.number().int().min(1).default(2),
  /** Thinks so long before each answer, in milliseconds: for demonstrations and tests. */
  thinkFor: z.number().int().min(0).default(0),
});
export type Script = z.output<typeof scriptSchema>;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'iu') instanceof RegExp;
  } catch {
    return false;
  }
}

/** In the customer's language: `fr-CA` is served by `fr-CA` or `fr`, everybody else by what stands first. */
export function inLanguage(given: Text, locale: string | undefined): string {
  if (typeof given === 'string') return given;
  const texts = Object.entries(given).map(
    ([language, say]) => [language.toLowerCase(), say] as const,
  );
  const wanted = locale?.toLowerCase() ?? '';
  const [language = ''] = wanted.split('-');
  const found =
    texts.find(([one]) => one === wanted) ?? texts.find(([one]) => one === language) ?? texts[0];
  return found?.[1] ?? '';
}
