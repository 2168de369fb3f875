/** What a channel shows of a reply: the numbers here are the guide's, written down a second time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BotReply } from '../../../bots/bot.js';
import { checkAnswer } from '../../../bots/contract.js';
import { formatAsText } from '../../../bots/messages/as-text.js';
import * as build from '../../../bots/messages/builders.js';
import { channelKinds } from '../../../bots/messages/channels.js';
import { fit } from '../../../bots/messages/fit.js';
import type { Card, StructuredMessage } from '../../../bots/messages/structured.js';
import { anyReply } from './any-reply.js';

const cards = ['select', 'rich_link', 'template', 'carousel'];
const usual = { kinds: cards, button: 80, buttons: 4, listTitle: 80, payload: 1_000 };
const guide: Record<string, typeof usual> = {
  ...{ web: usual, ios: usual, android: usual, sdk: usual, google: { ...usual, button: 25 } },
  ...{ messenger: { ...usual, button: 20 }, instagram: { ...usual, button: 20 } },
  whatsapp: { kinds: ['template', 'list'], button: 20, buttons: 3, listTitle: 24, payload: 256 },
  apple: {
    ...usual,
    kinds: [...['select', 'rich_link', 'list', 'time_select', 'form', 'apple_pay', 'authenticate']],
  },
};
const nothing = { ...usual, kinds: [] };

/** What of it the channel would not show. */
function tooMuch(message: StructuredMessage, channel: string): readonly string[] {
  const may = guide[channel] ?? nothing;
  const wrong: string[] = [];
  const check = (isRight: boolean, what: string) => (isRight ? undefined : wrong.push(what));
  const long = (what: string, text: string | undefined, most: number) =>
    check((text ?? '').length <= most, `${what} is longer than ${most}`);
  const describeThread = ({ title, subtitle, url_text: urlText, url, items = [] }: Card) => {
    long('title', title, 350);
    long('subtitle', subtitle, 1_000);
    long('url_text', urlText, 80);
    check(items.length <= may.buttons, 'too many buttons');
    for (const one of items) {
      long('button', one.title, may.button);
      if (one.type === 'reply') long('payload', one.payload, may.payload);
    }
    const links = url !== undefined || items.some(({ type }) => type === 'url');
    check(channel !== 'whatsapp' || !links, 'a link');
  };
  check(may.kinds.includes(message.type), `${message.type} is not shown`);
  if (message.type === 'template' || message.type === 'rich_link') describeThread(message);
  if (message.type === 'carousel') {
    check(message.items.length <= 10, 'too many cards');
    message.items.forEach(describeThread);
  }
  if (message.type === 'select') {
    check(message.items.length <= 13, 'too many items');
    for (const { title } of message.items) long('item', title, may.button);
  }
  if (message.type === 'list') {
    const { title, items, sections = [] } = message;
    check(items.length <= 10 && sections.length <= 10, 'too many items or sections');
    long('title', title, 1_024);
    for (const item of items) {
      long('item', item.title, may.listTitle);
      long('subtitle', item.subtitle, 100);
      long('payload', item.payload, 200);
      const section = item.section_identifier;
      const known = sections.map(({ identifier }) => identifier);
      check(section === undefined || known.includes(section), 'an unknown section');
    }
    for (const { title: name } of sections) long('section', name, 24);
  }
  return wrong;
}

describe.each(channelKinds)('on %s, whatever a bot says', (kind) => {
  it('fits, and its own text arrives whole', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const { replies, cut } = fit(reply, { kind });
        const shown = replies.flatMap(({ structured }) => structured ?? []);
        expect(shown.flatMap((message) => tooMuch(message, kind))).toEqual([]);
        const delivered = replies.map((one) => `${one.body}\n${formatAsText(one)}`).join('\n');
        expect(delivered).toContain(reply.body.trim());
        if (reply.structured && shown.length === 0) expect(cut.length).toBeGreaterThan(0);
        expect(checkAnswer({ replies })).toEqual({ replies });
      }),
      { numRuns: 100 },
    );
  });

  it('reports what was cut, without its text', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        for (const { field, why } of fit(reply, { kind }).cut) {
          expect(field).toMatch(/^(structured|attachmentIds)[a-z_.\d]*$/);
          expect(why).toMatch(
            /^(longer than \d+|more than \d+|not ASCII|not supported here|\w+ is not displayed on \w+: \w+)$/,
          );
        }
      }),
      { numRuns: 50 },
    );
  });

  it('fits already when it was fitted', () => {
    fc.assert(
      fc.property(anyReply, (reply) => {
        const { replies } = fit(reply, { kind });
        expect(replies.flatMap((one) => fit(one, { kind }).replies)).toEqual(replies);
      }),
      { numRuns: 50 },
    );
  });
});

const yesNo = [
  { title: 'Yes', payload: 'yes' },
  { title: 'No, I would like to talk', payload: 'no' },
];
const question = build.select({ body: 'Did that help?', items: yesNo });
const card = build.template({
  title: 'Chair',
  url: 'https://shop.example/chair',
  items: [{ type: 'reply', title: 'Buy', payload: 'buy' }],
});
const shown = (reply: BotReply, kind: string) => fit(reply, { kind }).replies;

describe('the nearest kind', () => {
  it('of buttons on WhatsApp is a card while they are few, and a list when they are more', () => {
    expect(shown(question, 'whatsapp')).toEqual([
      {
        body: '',
        structured: {
          type: 'template',
          title: 'Did that help?',
          items: [
            { type: 'reply', title: 'Yes', payload: 'yes' },
            { type: 'reply', title: 'No, I would like to…', payload: 'no' },
          ],
        },
      },
    ]);
    const many = { ...question.structured, items: [...yesNo, ...yesNo] };
    const [list] = shown({ ...question, structured: many }, 'whatsapp');
    expect(list?.structured).toMatchObject({ type: 'list', title: 'Did that help?' });
  });

  it('of a list is buttons', () => {
    const list = build.list({ title: 'Colours', items: [{ title: 'Blue', payload: 'b' }] });
    const select = { type: 'select', items: [{ title: 'Blue', payload: 'b' }] };
    expect(shown(list, 'web')).toEqual([{ body: 'Colours', structured: select }]);
  });

  it('of a card on Apple is buttons under its text', () => {
    const select = { type: 'select', items: [{ title: 'Buy', payload: 'buy' }] };
    const body = 'Chair\nhttps://shop.example/chair';
    expect(shown(card, 'apple')).toEqual([{ body, structured: select }]);
  });

  it('of a card on WhatsApp is one without its link, which is said before', () => {
    const [before, template] = shown(card, 'whatsapp');
    expect(before).toEqual({ body: 'https://shop.example/chair' });
    expect(template?.structured).not.toHaveProperty('url');
  });
});

describe('told as text', () => {
  it('is what the author gives, else its titles', () => {
    expect(shown(question, 'viber')).toEqual([
      { body: 'Did that help?\n1. Yes\n2. No, I would like to talk' },
    ]);
    const fallback = 'Say yes or no.';
    expect(shown({ ...question, fallback }, 'viber')).toEqual([
      { body: 'Did that help?\nSay yes or no.' },
    ]);
  });

  it('a text that the channel could not hold in a title is text', () => {
    const body = 'why '.repeat(300).trim();
    const [reply] = shown({ ...question, body }, 'whatsapp');
    expect(reply?.body.startsWith(body)).toBe(true);
    expect(reply).not.toHaveProperty('structured');
  });
});

it('no character is cut in two', () => {
  const title = `${'a'.repeat(18)}😀😀`;
  const [reply] = shown(build.select({ body: 'Q', items: [{ title }] }), 'messenger');
  expect(reply?.structured).toMatchObject({ items: [{ title: `${'a'.repeat(18)}…` }] });
});
