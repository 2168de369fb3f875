/** A text that is too long ends with a whole character. */
import { describe, expect, it } from 'vitest';
import { cutText } from '../../../bots/messages/cut-text.js';
import { customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';

const isWhole = (text: string) => !/\p{Surrogate}/u.test(text);

describe('a text is cut', () => {
  it.each([
    ['not at all if it fits', 'a🙂', 3, 'a🙂'],
    ['before a character that does not fit', 'a🙂b', 2, 'a'],
    ['after one that does', 'a🙂b', 3, 'a🙂'],
    ['to nothing', '🙂', 1, ''],
    ['to nothing of nothing', 'abc', 0, ''],
  ])('%s', (_how, text, most, cut) => {
    expect(cutText(text, most)).toBe(cut);
  });
});

describe('the bot is given whole characters', () => {
  it.each([
    ['of a long text', 1_500],
    ['of a very long text', 11_000],
  ])('%s', (_which, emojis) => {
    const run = new PlayedRun();
    const body = `x${'🙂'.repeat(emojis)}`;
    run.handleEvent(customerWrote({ id: '1', at: 0, body })).pass(60_000);
    const [asked] = run.asked;
    expect(asked?.burst.map((content) => isWhole(content.body))).toEqual([true]);
    expect(asked?.record.map((entry) => isWhole(entry.body))).toEqual([true]);
    expect(asked?.record[0]?.body.length).toBeLessThan(body.length);
  });
});
