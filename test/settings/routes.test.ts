/** Several bots on one source, as `baton.config.ts` says it. */
import { describe, expect, it } from 'vitest';
import { type BatonConfig, sourceSettings } from '../../settings/business.js';
import { parseConfig } from '../../settings/load-config.js';
import { SettingsError, type WrongSetting } from '../../settings/settings-error.js';
import { sources } from '../../simulator/seed.js';
import { script, testConfig } from '../harness/test-config.js';

function withRoutes(routes: unknown): BatonConfig {
  const config = testConfig();
  const bots = { ...config.bots, french: { scripted: { ...script, thinkFor: 50 } } };
  const chat = { ...config.sources['chat']!, routes } as BatonConfig['sources'][string];
  return { ...config, bots, sources: { ...config.sources, chat } };
}

function wrongIn(routes: unknown): readonly WrongSetting[] {
  try {
    parseConfig(withRoutes(routes));
  } catch (error) {
    if (error instanceof SettingsError) return error.wrong;
    throw error;
  }
  return [];
}

it('a thread carries its routes, each with its bot’s own times', () => {
  const routes = [{ languages: ['fr'], categories: ['bills'], bot: 'french' }];
  const business = parseConfig(withRoutes(routes));
  const bot = { name: 'french', runs: 'remote', timeout: 30_050, budget: 60_100 };
  expect(sourceSettings(business, sources.chat)?.routes).toEqual([
    { languages: ['fr'], categoryIds: ['bills'], bot },
  ]);
  expect(sourceSettings(business, sources.messages)).not.toHaveProperty('routes');
});

describe('refused is', () => {
  const french = { languages: ['fr'], bot: 'french' };
  it.each([
    ['an unknown bot', [{ ...french, bot: 'nobody' }], 'sources.chat.routes.0.bot'],
    ['a Source SDK bot', [{ ...french, bot: 'sourceSdk' }], 'sources.chat.routes.0.bot'],
    ['a route that fits always', [french, { bot: 'french' }], 'sources.chat.routes.1'],
    ['no language', [{ ...french, languages: [] }], 'sources.chat.routes.0.languages'],
    ['a wrong one', [{ ...french, languages: ['French!'] }], 'sources.chat.routes.0.languages.0'],
    ['a misspelt setting', [{ ...french, language: 'fr' }], 'sources.chat.routes.0.language'],
  ])('%s', (_, routes, setting) => {
    expect(wrongIn(routes).map((wrong) => wrong.setting)).toEqual([setting]);
  });

  it('an unknown bot, and those there are are named', () => {
    const [wrong] = wrongIn([{ ...french, bot: 'nobody' }]);
    expect(wrong?.problem).toBe('unknown bot; configured bots: tester, french');
  });
});
