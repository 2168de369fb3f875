/**
 * Schema of a script: the replies of a scripted bot by keyword, in one or several languages. Any text may
 * be a map by language, `{ en: Hello!, fr: Bonjour ! }`; its first entry is the default.
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

/** One choice; the bot receives `payload`. Limits are those of the platform's select. */
const choice = z.strictObject({ title: text, payload: ascii });
export type Choice = z.output<typeof choice>;
const choices = z.array(choice).min(1).max(13);

/** One value to ask for. */
const slot = z
  .strictObject({
    ask: text,
    /** Case-insensitive pattern; the value is its first group, or the whole match. */
    pattern: z.string().min(1).refine(isPattern, 'is not a regular expression').optional(),
    /** … or the payload of a choice; with neither, the customer's whole text. */
    choices: choices.optional(),
    /** Sent when the answer has no value; without it the question is repeated. */
    retry: text.optional(),
    /** Number of questions before the handover. */
    tries: z.number().int().min(1).max(10).default(3),
    /** `customerProfile`: stored in the customer's profile; `fields`: for the agent after a handover. */
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
    /** `{order}` is replaced by the value of the slot `order`. */
    say: text.optional(),
    /** Asked for beforehand, in this order, by key; known values are not asked for again. */
    slots: z
      .record(z.string().regex(/^\w{1,40}$/, 'expected letters and digits'), slot)
      .default({}),
    /** Shown with it; the bot receives the payload of the chosen one. */
    choices: choices.optional(),
    /** Hands over afterwards. */
    handOver: z.boolean().default(false),
  })
  .refine(({ say, handOver }) => say !== undefined || handOver, {
    path: ['say'],
    error: 'is needed, unless it hands over',
  });
export type Answer = z.output<typeof answer>;

export const scriptSchema = z.strictObject({
  /** Sent once, at the start of a conversation. */
  greet: text.optional(),
  answers: z.array(answer).default([]),
  solvedOn: words,
  /** Sent when the customer's words mean that the matter is solved. */
  goodbye: text.optional(),
  handOverOn: words,
  /** Sent with the handover; by default Baton's own text. */
  farewell: text.optional(),
  dontKnow: text.default('Sorry, I did not understand. Could you say it differently?'),
  /** Number of consecutive turns without an answer before the handover. */
  maxMisses: z.number().int().min(1).default(2),
  /** Delay before each answer, in milliseconds: for demonstrations and tests. */
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

/**
 * Selects the text in the customer's language: `fr-CA` uses `fr-CA` or `fr`; any other uses the first
 * entry.
 */
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
