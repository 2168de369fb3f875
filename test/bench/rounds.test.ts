/** The order in which two things are compared. */
import { describe, expect, it } from 'vitest';
import { abba, inTurns } from './rounds.js';

describe('the order of rounds', () => {
  it('is A B B A, then turned round', () => {
    expect(abba(4).join('')).toBe('abbabaab');
    expect(abba(4, 'b').join('')).toBe('baababba');
  });

  it('puts what grows steadily on both sides alike', () => {
    for (const rounds of [2, 4, 6, 20]) {
      const places = { a: 0, b: 0 };
      abba(rounds).forEach((side, at) => (places[side] += at));
      expect(places.a).toBe(places.b);
    }
  });
});

describe('rounds in turns', () => {
  it('are played one after the other and handed back by side', async () => {
    const played: string[] = [];
    const side = (name: string) => () => {
      played.push(name);
      return Promise.resolve(`${name}${played.length}`);
    };
    const results = await inTurns(2, { a: side('a'), b: side('b') });
    expect(played).toEqual(['a', 'b', 'b', 'a']);
    expect(results).toEqual({ a: ['a1', 'a4'], b: ['b2', 'b3'] });
  });

  it('are refused where the sides would not balance', async () => {
    const nothing = () => Promise.resolve();
    await expect(inTurns(3, { a: nothing, b: nothing })).rejects.toThrow('3 rounds are not even');
  });
});
