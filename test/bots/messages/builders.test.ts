/**
 * One of each kind, built, checked and taken by the platform's rules; and Engage's own examples, where
 * they are at hand. Wrong ones are refused by the name of the field.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { BotReply } from '../../../bots/bot.js';
import { botSchemaDocument, checkAnswer } from '../../../bots/contract.js';
import * as build from '../../../bots/messages/builders.js';
import { structuredSchema } from '../../../bots/messages/schema.js';
import { takeStructured } from '../../../simulator/platform/structured.js';

const total = { label: 'Chair', amount: '49.90', type: 'final' } as const;
const slot = { identifier: 's', start_time: '2026-01-20T09:00+0100', duration: 3_600 };
const shop = 'https://shop.example/chair';

const one: Record<string, BotReply> = {
  select: build.select({ body: 'Well?', items: [{ title: 'Yes', payload: 'yes' }] }),
  rich_link: build.richLink({ title: 'Chair', url: 'shop://chair', url_fallback: shop }),
  template: build.template({
    title: 'Chair',
    items: [
      { type: 'url', title: 'Look', url: shop },
      { type: 'reply', title: 'Buy', payload: 'buy' },
    ],
  }),
  carousel: build.carousel({ body: 'Look:', items: [{ title: 'Blue' }, { title: 'Red' }] }),
  list: build.list({
    title: 'Colours',
    sections: [{ identifier: '1', title: 'Warm', multiple_selection: true }],
    items: [{ title: 'Red', payload: 'red', section_identifier: '1' }],
  }),
  time_select: build.timeSelect({ body: 'When?', timeslots: [slot] }),
  form: build.form({ title: 'Report', pages: [{ page_id: '1', type: 'input' }] }),
  apple_pay: build.applePay({
    body: 'Please pay.',
    payment_gateway_url: 'https://pay.example',
    merchant_identifier: 'merchant',
    merchant_name: 'Shop',
    merchant_capabilities: ['supports3DS'],
    supported_networks: ['visa'],
    ...{ country_code: 'FR', currency_code: 'EUR', total },
  }),
  authenticate: build.authenticate({ body: 'Please log in.', response_body: 'Thanks' }),
};

describe.each(Object.entries(one))('%s', (kind, reply) => {
  it('is an answer, unchanged', () => {
    expect(reply.structured?.type).toBe(kind);
    expect(checkAnswer({ replies: [reply] })).toEqual({ replies: [reply] });
  });

  it('is accepted by the platform, unchanged', () => {
    expect(takeStructured(reply.structured, () => true).content).toEqual(reply.structured);
  });
});

const items = [{ title: 'Yes' }];
it.each([
  ['structured.type', { type: 'buttons' }],
  ['structured.items', { type: 'select' }],
  ['structured.items', { type: 'select', items: [] }],
  ['structured.items.0.title', { type: 'select', items: [{ title: ' ' }] }],
  ['structured.items.0.payload', { type: 'select', items: [{ title: 'Oui', payload: 'été' }] }],
  ['structured.url_fallback', { type: 'rich_link', title: 'T', url: 'shop://chair' }],
  ['structured.items.0.items.0.url', { type: 'carousel', items: [card('url')] }],
  ['structured.title', { type: 'list', items }],
  [
    'structured.timeslots.0.start_time',
    { type: 'time_select', timeslots: [{ ...slot, start_time: 'noon' }] },
  ],
  ['structured.pages.0.type', { type: 'form', pages: [{ page_id: '1', type: 'essay' }] }],
  [
    'structured.total.amount',
    { ...one['apple_pay']!.structured, total: { ...total, amount: '1 €' } },
  ],
  [
    'structured',
    { type: 'carousel', items: [{ title: 'a', subtitle: 'b'.repeat(9_000) }, card(), card()] },
  ],
])('%s is named when it is wrong', (field, structured) => {
  const answer = { replies: [{ body: 'B', structured }] };
  expect(() => checkAnswer(answer)).toThrow(
    new RegExp(`^replies\\.0\\.${field.replaceAll('.', '\\.')}: `),
  );
});

function card(type = 'reply') {
  return { title: 'c'.repeat(9_000), items: [{ type, title: 'Go' }] };
}

it('buttons need a text above them', () => {
  const answer = { replies: [{ body: ' ', structured: { type: 'select', items } }] };
  expect(() => checkAnswer(answer)).toThrow(/^replies\.0\.body: /);
});

it('the published schema knows each kind', () => {
  const published = JSON.stringify(botSchemaDocument());
  for (const kind of Object.keys(one)) expect(published).toContain(`"const":"${kind}"`);
});

const samples = '../shared/engage-samples.json';
const published = existsSync(samples) ? examplesIn(JSON.parse(readFileSync(samples, 'utf8'))) : [];

describe.skipIf(published.length === 0)('Engage’s own examples', () => {
  it('are all right by our schema, but for what only channels of one’s own are sent', () => {
    const wrong = published.filter((content) => !structuredSchema.safeParse(content).success);
    // There a deep link travels without another address.
    expect(wrong.filter((content) => !JSON.stringify(content).includes('attachment_url'))).toEqual(
      [],
    );
    expect(published.length - wrong.length).toBeGreaterThan(10);
  });
});

function examplesIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) => {
    const isOne = name === 'structured_content' && typeof inner === 'object' && inner !== null;
    return isOne && 'type' in inner ? [inner] : examplesIn(inner);
  });
}
