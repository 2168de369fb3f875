/** Cuts one structured message of a supported kind to the channel's limits. */
import { lengths, type Limits } from './channels.js';
import type { Scissors } from './cutting.js';
import type { Button, Card, List, Select, StructuredMessage } from './structured.js';

const ascii = /^[\x20-\x7e]*$/;

export function trim(
  message: StructuredMessage,
  limits: Limits,
  scissors: Scissors,
): StructuredMessage {
  switch (message.type) {
    case 'select':
      return trimSelect(message, limits, scissors);
    case 'rich_link':
      return scissors.texts('structured', message, {
        title: lengths.title,
        subtitle: lengths.subtitle,
        url_text: lengths.urlText,
      });
    case 'template': {
      const card = trimCard('structured', message, limits, scissors);
      return scissors.texts('structured', card, { footer: lengths.footer });
    }
    case 'carousel': {
      const cards = scissors.items('structured.items', message.items, limits.carousel.items);
      const trimmed = cards.map((card, i) =>
        trimCard(`structured.items.${i}`, card, limits, scissors),
      );
      return { ...message, items: trimmed };
    }
    case 'list':
      return trimList(message, limits, scissors);
    default:
      return message;
  }
}

function trimSelect(message: Select, { select }: Limits, scissors: Scissors): Select {
  const items = scissors.items('structured.items', message.items, select.items);
  const trimmed = items.map((item, i) => {
    const field = `structured.items.${i}`;
    const short = scissors.texts(field, item, { title: select.title });
    return scissors.payload(field, short, lengths.payload, ascii);
  });
  return { ...message, items: trimmed };
}

function trimCard<T extends Card>(field: string, card: T, limits: Limits, scissors: Scissors): T {
  const { title, subtitle, urlText } = lengths;
  const short = scissors.texts<Card>(field, card, { title, subtitle, url_text: urlText });
  const { items } = card;
  if (!items) return { ...card, ...short };
  const few = scissors.items(`${field}.items`, items, limits.card.items);
  const buttons = few.map((button, i) =>
    trimButton(`${field}.items.${i}`, button, limits, scissors),
  );
  return { ...card, ...short, items: buttons };
}

function trimButton(field: string, button: Button, { card }: Limits, scissors: Scissors): Button {
  const short = scissors.texts(field, button, { title: card.button });
  return short.type === 'reply' ? scissors.payload(field, short, card.payload) : short;
}

function trimList(message: List, { list }: Limits, scissors: Scissors): List {
  const { itemSubtitle, payload, ...own } = lengths.list;
  const short = scissors.texts('structured', message, own);
  const sections = scissors
    .items('structured.sections', message.sections ?? [], lengths.section.count)
    .map((section, i) =>
      scissors.texts(`structured.sections.${i}`, section, { title: lengths.section.title }),
    );
  const known = new Set(sections.map(({ identifier }) => identifier));
  const items = scissors.items('structured.items', message.items, list.items).map((item, i) => {
    const field = `structured.items.${i}`;
    const { section_identifier: section, ...rest } = item;
    const placed = section !== undefined && known.has(section) ? item : rest;
    const most = { title: list.title, subtitle: itemSubtitle, description: itemSubtitle };
    return scissors.payload(field, scissors.texts(field, placed, most), payload, ascii);
  });
  return { ...short, ...(sections.length > 0 && { sections }), items };
}
