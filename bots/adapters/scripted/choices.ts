/**
 * Choices: buttons where the channel has them, a numbered list in the text otherwise. A customer chooses
 * by tap, title or number.
 */
import { mentions, saysOnly } from '../../messages/mentions.js';
import type { BotReply } from '../../bot.js';
import { inLanguage, type Choice } from './script.js';

/** Kept in memory while they may be chosen. */
export type ChoiceItems = readonly { readonly title: string; readonly payload: string }[];

export function toItems(choices: readonly Choice[], locale: string | undefined): ChoiceItems {
  return choices.map(({ title, payload }) => ({ title: inLanguage(title, locale), payload }));
}

/** A channel without buttons gets a list, numbered from 1. */
export function replyWith(body: string, items: ChoiceItems): BotReply {
  return { body, structured: { type: 'select', items } };
}

/** The payload of the choice, or `undefined`. A number is a position, unless it is a title itself. */
export function chosen(
  said: string,
  payload: string | undefined,
  items: ChoiceItems,
): string | undefined {
  const is = (test: (item: ChoiceItems[number]) => boolean) => items.find(test)?.payload;
  if (payload !== undefined) {
    const tapped = is((item) => item.payload === payload);
    if (tapped !== undefined) return tapped;
  }
  const number = /^\s*#?(\d{1,2})\s*[.)]?\s*$/.exec(said)?.[1];
  return (
    is(({ title }) => saysOnly(said, [title])) ??
    is((item) => item.payload === said.trim()) ??
    (number === undefined ? undefined : items[Number(number) - 1]?.payload) ??
    onlyMentioned(said, items)
  );
}

/** "the red one, please": a text with several titles is ambiguous and counts as no choice. */
function onlyMentioned(said: string, items: ChoiceItems): string | undefined {
  const [first, ...others] = items.filter(({ title }) => mentions(said, [title]));
  return others.length === 0 ? first?.payload : undefined;
}

/** The choices shown before, from the bot's memory; invalid memory counts as none. */
export function readItems(remembered: unknown): ChoiceItems {
  if (!Array.isArray(remembered)) return [];
  return remembered.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null) return [];
    const { title, payload } = one as Readonly<Record<string, unknown>>;
    return typeof title === 'string' && typeof payload === 'string' ? [{ title, payload }] : [];
  });
}
