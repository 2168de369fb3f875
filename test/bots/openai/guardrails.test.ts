/** What a model may say, as a table of sayings. */
import { describe, expect, it } from 'vitest';
import type { CalledTool } from '../../../bots/bot.js';
import { cutAtSentence } from '../../../bots/adapters/openai/cut.js';
import { applyGuardrails } from '../../../bots/adapters/openai/guardrails.js';
import { detectableLanguages, isIn } from '../../../bots/adapters/openai/language.js';
import { settingsSchema } from '../../../bots/adapters/openai/settings.js';

const refund = { description: 'refunds', url: 'https://shop.example/refund' };
const { guardrails } = settingsSchema.parse({
  ...{ baseUrl: 'https://models.example/v1', model: 'm', prompt: 'You help.' },
  tools: { refund_order: refund },
  guardrails: {
    maxLength: 60,
    languages: ['en', 'de'],
    forbidden: ['lottery', 'legal advice'],
    promises: [
      { words: ['refund', 'refunded'], after: ['refund_order'] },
      { words: ['discount'], after: [] },
    ],
  },
});

const call = { id: 'call00000', tool: 'refund_order', input: {} };
const succeeded: CalledTool = { ...call, result: { status: 201, body: null } };
const refused: CalledTool = { ...call, result: { status: 422, body: null } };
const failed: CalledTool = { ...call, failed: 'Timeout' };

describe('a model’s words', () => {
  it.each<[string, string, readonly CalledTool[], string]>([
    ['are fine', 'It arrives tomorrow.', [], 'fine'],
    ['are forbidden by a word', 'Play the Lottery!', [], 'forbidden'],
    ['are forbidden by a phrase over a line', 'My legal\nadvice: none', [], 'forbidden'],
    ['are not forbidden by a part of a word', 'A lotterylike thing.', [], 'fine'],
    ['promise too early', 'You get a refund.', [], 'objected'],
    ['promise after a refusal', 'You get a refund.', [refused], 'objected'],
    ['promise after a failure', 'You get a refund.', [failed], 'objected'],
    ['promise what was done', 'It is refunded.', [refused, succeeded], 'fine'],
    ['promise what nobody does', 'You get a discount.', [succeeded], 'objected'],
    ['are in the other language allowed', 'Ihr Paket kommt morgen Mittag an.', [], 'fine'],
    [
      'are in a language that is not allowed',
      'Votre colis arrive demain entre midi et deux heures.',
      [],
      'objected',
    ],
    ['are too short to be in any language', 'Merci bien!', [], 'fine'],
  ])('%s', async (_, text, called, is) => {
    expect(await applyGuardrails({ text, called, isCutShort: false }, guardrails)).toMatchObject({
      is,
    });
  });

  it('are cut when they are long', async () => {
    const text = 'The parcel is on its way. It arrives tomorrow at noon. Somebody must be in.';
    expect(await applyGuardrails({ text, called: [], isCutShort: false }, guardrails)).toEqual({
      is: 'fine',
      text: 'The parcel is on its way. It arrives tomorrow at noon.',
      wasCut: true,
    });
  });
});

describe('a cut', () => {
  it.each([
    ['falls at the end of a sentence', 'One is here. Two is there.', 20, 'One is here.'],
    ['leaves what fits', 'One is here.', 20, 'One is here.'],
    ['falls at a word where no sentence fits', 'One two three four five six', 14, 'One two three…'],
    ['drops a sentence that broke off', 'One is here. Two is', 50, 'One is here.'],
    ['keeps the only sentence, broken off', 'One is', 50, 'One is'],
    ['splits no sign in two', '👍👍👍👍', 4, '👍…'],
    ['knows sentences without spaces', 'はい。明日届きます。そうです。', 8, 'はい。'],
  ])('%s', (_, text, limit, left) => {
    expect(cutAtSentence(text, limit)).toBe(left);
  });
});

describe('languages', () => {
  it('are those the detector knows', async () => {
    const { eld } = await import('eld/extrasmall');
    expect(Object.values(eld.info().Languages).sort()).toEqual([...detectableLanguages].sort());
  });

  it.each([
    ['a near relative passes', 'Pakken din kommer i morgen mellem klokken 9 og 12.', ['no'], true],
    ['another does not', 'Pakken din kommer i morgen mellem klokken 9 og 12.', ['fr'], false],
    ['an address belongs to none', 'https://example.com/track/1234-5678-9012', ['de'], true],
  ])('%s', async (_, text, languages, is) => {
    expect(await isIn(text, languages)).toBe(is);
  });
});
