/** Slots: values that an answer needs first, asked for one after the other. */
import { cutText } from '../../messages/cut-text.js';
import type { BotReply } from '../../bot.js';
import { chosen, replyWith, toItems, type ChoiceItems } from './choices.js';
import { inLanguage, type Answer, type Slot } from './script.js';

export type SlotValues = Readonly<Record<string, string>>;

/** Maximum length of a custom field. */
const valueLimit = 1_000;

/** The value in the text, or `undefined`. */
export function valueIn(
  { pattern, choices }: Slot,
  said: string,
  payload: string | undefined,
  items: ChoiceItems,
): string | undefined {
  if (choices) return chosen(said, payload, items);
  const found = pattern === undefined ? said : matched(pattern, said);
  const value = found === undefined ? undefined : cutText(found.trim(), valueLimit);
  return value === '' ? undefined : value;
}

function matched(pattern: string, said: string): string | undefined {
  const match = new RegExp(pattern, 'iu').exec(said);
  return match?.[1] ?? match?.[0];
}

/** The first slot without a value. */
export function missing({ slots }: Answer, known: SlotValues): [string, Slot] | undefined {
  return Object.entries(slots).find(([key]) => !Object.hasOwn(known, key));
}

export function question(
  slot: Slot,
  locale: string | undefined,
  isAgain: boolean,
): { readonly reply: BotReply; readonly items: ChoiceItems } {
  const words = inLanguage((isAgain ? slot.retry : undefined) ?? slot.ask, locale);
  const items = toItems(slot.choices ?? [], locale);
  return { reply: items.length > 0 ? replyWith(words, items) : { body: words }, items };
}

/** Replaces `{order}` by the value of that name; other braces stay. */
export function filled(body: string, known: SlotValues): string {
  return body.replace(/\{(\w+)\}/g, (whole, key: string) =>
    Object.hasOwn(known, key) ? (known[key] ?? whole) : whole,
  );
}
