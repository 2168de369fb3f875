/** Any reply a bot may give, right by the contract and often too much for a channel. */
import fc from 'fast-check';
import type { BotReply } from '../../../bots/bot.js';
import type { Button, Card, StructuredMessage } from '../../../bots/messages/structured.js';

/** Too long for everything, now and then; never blank; characters of two units among them. */
const words = fc
  .oneof(
    { weight: 4, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }) },
    fc.string({ unit: 'grapheme', minLength: 1_100, maxLength: 1_300, size: 'max' }),
  )
  .map((text) => `w${text}`);
const payload = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.string({ minLength: 257, maxLength: 300, size: 'max' }),
);
const url = fc.webUrl();
const some = <T>(one: fc.Arbitrary<T>, most: number) =>
  fc.array(one, { minLength: 1, maxLength: most, size: 'max' });
const fields = <T, K extends keyof T>(model: { [F in keyof T]: fc.Arbitrary<T[F]> }, needed: K[]) =>
  fc.record(model, { requiredKeys: needed });

const button: fc.Arbitrary<Button> = fc.oneof(
  fields({ type: fc.constant('reply' as const), title: words, payload }, ['type', 'title']),
  fc.record({ type: fc.constant('url' as const), title: words, url }),
);
const card = fields({ title: words, subtitle: words, url, items: some(button, 6) }, ['title']);
const short = payload.map((text) => text.slice(0, 200));
const listItem = fields(
  { title: words, subtitle: words, payload: short, section_identifier: fc.constantFrom('1', '12') },
  ['title'],
);
const section = (_: unknown, i: number) => ({
  identifier: `${i}`,
  title: `section ${i}`.repeat(4),
});
const slot = fc.record({
  identifier: fc.string({ minLength: 1, maxLength: 40 }),
  start_time: fc.constant('2026-01-20T09:00+0100'),
  duration: fc.constant(3_600),
});

export const anyMessage: fc.Arbitrary<StructuredMessage> = fc.oneof(
  some(fields({ title: words, payload }, ['title']), 15).map((items) => {
    return { type: 'select' as const, items };
  }),
  fields({ title: words, subtitle: words, url_text: words, url }, ['title', 'url']).map((link) => {
    return { type: 'rich_link' as const, ...link };
  }),
  card.map((one: Card) => ({ type: 'template' as const, ...one })),
  some(card, 12).map((items) => ({ type: 'carousel' as const, items })),
  fc
    .record({
      items: some(listItem, 12),
      title: words,
      sections: fc.nat(14).map((many) => Array.from({ length: many }, section)),
    })
    .map((list) => ({ type: 'list' as const, ...list })),
  some(slot, 15).map((timeslots) => ({ type: 'time_select' as const, timeslots })),
  words.map((title) => {
    const pages = [{ page_id: '1', type: 'input' as const }];
    return { type: 'form' as const, title, pages };
  }),
  fc.constant({ type: 'authenticate' as const }),
);

export const anyReply: fc.Arbitrary<BotReply> = fields(
  {
    body: words,
    structured: anyMessage,
    fallback: words,
    attachmentIds: fc.constant(['61b0700000000000000f11e5']),
  },
  ['body'],
);
