/** Converts a structured message to text, for channels that cannot show it, and for the record. */
import type { Reply } from './reply.js';
import type { Button, Card, StructuredMessage } from './structured.js';

/** Titles and URLs, with choices numbered; empty if there is nothing to say. */
export function asText(message: StructuredMessage): string {
  switch (message.type) {
    case 'select':
      return numbered(message.items.map(({ title }) => title));
    case 'rich_link':
      return lines(message.title, message.subtitle, addressOf(message));
    case 'template':
      return cardAsText(message);
    case 'carousel':
      return message.items.map(cardAsText).join('\n\n');
    case 'list':
      return lines(
        message.title,
        message.subtitle,
        numbered(message.items.map(({ title }) => title)),
      );
    case 'time_select':
      return numbered(message.timeslots.map(({ start_time: start }) => timeAsText(start)));
    case 'form':
      return lines(message.title, message.subtitle);
    case 'apple_pay':
      return [...(message.items ?? []), message.total]
        .map(({ label, amount }) => `${label}: ${amount} ${message.currency_code}`)
        .join('\n');
    case 'authenticate':
      return '';
  }
}

/** The whole text of a reply as the customer read it, structured or not. */
export function formatAsText({ body, structured }: Pick<Reply, 'body' | 'structured'>): string {
  return lines(body, structured && asText(structured));
}

function cardAsText(card: Card): string {
  const { items = [] } = card;
  const replies = items.filter((item) => item.type === 'reply').map(({ title }) => title);
  return lines(card.title, card.subtitle, ...formatLinks(card), numbered(replies));
}

/** Links of a card, one a line. */
export function formatLinks(card: Card): readonly string[] {
  const own = addressOf(card);
  const links = (card.items ?? []).flatMap((item: Button) =>
    item.type === 'url' ? [`${item.title}: ${addressOf(item) ?? ''}`] : [],
  );
  return own === undefined ? links : [own, ...links];
}

/** The URL that works on every device. */
function addressOf(link: {
  readonly url?: string;
  readonly url_fallback?: string;
}): string | undefined {
  return link.url_fallback ?? link.url;
}

/** `2026-01-20 09:00`, in the appointment's time zone. */
export function timeAsText(start: string): string {
  return start.slice(0, 16).replace('T', ' ');
}

export function lines(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part.trim() !== '').join('\n');
}

function numbered(titles: readonly string[]): string {
  return titles.map((title, i) => `${i + 1}. ${title}`).join('\n');
}
