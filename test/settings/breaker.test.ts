/** Who stands in for a bot that is out of order, as `baton.config.ts` says it. */
import { describe, expect, it } from 'vitest';
import { sourceSettings, type BatonConfig } from '../../settings/business.js';
import { parseConfig } from '../../settings/load-config.js';
import { SettingsError } from '../../settings/settings-error.js';
import { sources } from '../../simulator/seed.js';
import { script, testConfig } from '../harness/test-config.js';

type BotConfig = BatonConfig['bots'][string];
const bot = (more: object = {}): BotConfig => ({ scripted: script, ...more });

function wrongIn(bots: Readonly<Record<string, BotConfig>>): readonly string[] {
  try {
    parseConfig({ ...testConfig(), bots: { tester: bot(), ...bots } });
  } catch (error) {
    if (error instanceof SettingsError) {
      return error.wrong.map(({ setting, problem }) => `${setting}: ${problem}`);
    }
    throw error;
  }
  return [];
}

it('is a human, after ten failures in a minute, unless said otherwise', () => {
  const { tester } = parseConfig(testConfig()).bots;
  expect(tester).toMatchObject({
    fallback: 'human',
    breaker: { failures: 10, within: 60_000, last: 20, share: 0.5, tryAgainAfter: 30_000 },
  });
});

it('gives the bot as much time as the slowest that may stand in for it', () => {
  const bots = {
    tester: bot({ fallback: 'second' }),
    second: bot({ fallback: 'slow' }),
    slow: bot({ scripted: { ...script, thinkFor: 5_000 } }),
  };
  const business = parseConfig({ ...testConfig(), bots });
  expect(sourceSettings(business, sources.chat)?.bot).toEqual({
    ...{ name: 'tester', runs: 'remote', timeout: 35_000, budget: 70_000 },
  });
});

describe('refused is', () => {
  it.each([
    [
      'an unknown bot',
      { a: bot({ fallback: 'b' }) },
      ['bots.a.fallback: unknown bot; configured bots: human, tester, a'],
    ],
    ['itself', { a: bot({ fallback: 'a' }) }, ['bots.a.fallback: goes round in a circle: a, a']],
    [
      'a circle, at each of its bots and not before it',
      { a: bot({ fallback: 'b' }), b: bot({ fallback: 'c' }), c: bot({ fallback: 'b' }) },
      [
        'bots.b.fallback: goes round in a circle: b, c, b',
        'bots.c.fallback: goes round in a circle: c, b, c',
      ],
    ],
    [
      'a wrong number',
      { a: bot({ breaker: { failures: 0 } }) },
      [expect.stringContaining('bots.a.breaker.failures: ') as string],
    ],
    [
      'a misspelt setting',
      { a: bot({ breaker: { tries: 1 } }) },
      ['bots.a.breaker.tries: unknown setting'],
    ],
  ])('%s', (_, bots, wrong) => {
    expect(wrongIn(bots)).toEqual(wrong);
  });
});
