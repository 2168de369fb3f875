/**
 * Replaces an unsupported kind by an equivalent supported one: buttons by a list, a list by buttons, a
 * card with one URL by a link. Undefined if there is no equivalent.
 */
import { lengths, type Limits } from './channels.js';
import { lines, formatLinks, timeAsText } from './as-text.js';
import type { TimeSelect } from './apple.js';
import type { Button, Card, List, Select, StructuredMessage, Template } from './structured.js';

export type Content = { readonly body: string; readonly structured: StructuredMessage };

export function nearest(content: Content, limits: Limits): Content | undefined {
  const { body, structured } = content;
  const isSupported = limits.structured.includes(structured.type);
  switch (structured.type) {
    case 'template':
      if (!isSupported) return cardOtherwise(body, structured, limits);
      return limits.card.takesLinks ? content : withoutLinks(body, structured);
    case 'select':
      return isSupported ? content : buttonsOtherwise(body, structured, limits);
    case 'list':
      return isSupported ? content : listAsButtons(body, structured, limits);
    case 'time_select':
      return isSupported
        ? content
        : nearest({ body, structured: timesAsButtons(structured) }, limits);
    case 'carousel': {
      const [card, ...others] = structured.items;
      if (isSupported || !card || others.length > 0) return isSupported ? content : undefined;
      return nearest({ body, structured: { type: 'template', ...card } }, limits);
    }
    default:
      return isSupported ? content : undefined;
  }
}

/** The text becomes the title and must not be cut, because the question would be lost. */
function buttonsOtherwise(body: string, { items }: Select, limits: Limits): Content | undefined {
  const has = (kind: StructuredMessage['type']) => limits.structured.includes(kind);
  const few = items.length <= limits.card.items;
  if (has('template') && few && body.length <= lengths.title) {
    const buttons = items.map(({ title, payload }) => reply(title, payload));
    return { body: '', structured: { type: 'template', title: body, items: buttons } };
  }
  if (!has('list') || body.length > lengths.list.title) return undefined;
  return { body: '', structured: { type: 'list', title: body, items } };
}

function listAsButtons(body: string, list: List, limits: Limits): Content | undefined {
  if (!limits.structured.includes('select')) return undefined;
  const items = list.items.map(({ title, payload }) => item(title, payload));
  return { body: lines(body, list.title, list.subtitle), structured: { type: 'select', items } };
}

function timesAsButtons({ timeslots }: TimeSelect): Select {
  const items = timeslots.map(({ identifier, start_time: start }) =>
    item(timeAsText(start), identifier),
  );
  return { type: 'select', items };
}

function cardOtherwise(body: string, card: Template, limits: Limits): Content | undefined {
  const replies = repliesOf(card);
  const links = formatLinks(card);
  if (replies.length > 0 && limits.structured.includes('select')) {
    const items = replies.map(({ title, payload }) => item(title, payload));
    const text = lines(body, card.title, card.subtitle, ...links);
    return { body: text, structured: { type: 'select', items } };
  }
  const { url } = card;
  const isLink = url !== undefined && links.length === 1 && replies.length === 0;
  if (!isLink || !limits.structured.includes('rich_link')) return undefined;
  const rest = without(card, 'type', 'items', 'footer');
  return { body, structured: { ...rest, type: 'rich_link', url } };
}

/** The URLs are sent before it. */
function withoutLinks(body: string, card: Template): Content | undefined {
  const items = repliesOf(card);
  if (items.length === 0) return undefined;
  const rest = without(card, 'url', 'url_fallback', 'url_text');
  return { body: lines(body, ...formatLinks(card)), structured: { ...rest, items } };
}

type ReplyButton = Extract<Button, { type: 'reply' }>;

function repliesOf({ items = [] }: Card): readonly ReplyButton[] {
  return items.filter((one) => one.type === 'reply');
}

function reply(title: string, payload: string | undefined): ReplyButton {
  return { type: 'reply', ...item(title, payload) };
}

function item(title: string, payload: string | undefined) {
  return { title, ...(payload !== undefined && { payload }) };
}

function without<T extends object, K extends keyof T & string>(
  thing: T,
  ...names: readonly K[]
): Omit<T, K> {
  const kept = Object.entries(thing).filter(
    ([name]) => !(names as readonly string[]).includes(name),
  );
  return Object.fromEntries(kept) as Omit<T, K>;
}
