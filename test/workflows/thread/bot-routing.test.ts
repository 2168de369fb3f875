/** Which of several bots answers: by the newest content's language and categories, the first that fits. */
import { describe, expect, it } from 'vitest';
import { botFor, botNamed } from '../../../workflows/thread/transitions/bot-routing.js';
import type { Route } from '../../../workflows/contract/source-settings.js';
import { testSettings } from '../../harness/thread-settings.js';

const choice = (name: string) => ({ ...testSettings.bot, name });
const route = (name: string, fits: Omit<Route, 'bot'>): Route => ({ ...fits, bot: choice(name) });

function said(language: string | undefined, categoryIds: readonly string[] = []) {
  const about = { id: 'c', sourceId: 's', body: '', isPrivate: true, hasAttachment: false };
  return { content: { ...about, categoryIds, ...(language !== undefined && { language }) } };
}

function answers(routes: readonly Route[], ...contents: readonly ReturnType<typeof said>[]) {
  return botFor({ ...testSettings, routes }, contents).name;
}

describe('a route by language', () => {
  it.each([
    ['pt', 'pt', true],
    ['pt', 'pt-BR', true],
    ['pt', 'PT-br', true],
    ['pt-BR', 'pt-BR', true],
    ['pt-BR', 'pt', false],
    ['pt-BR', 'pt-PT', false],
    ['pt', 'pta', false],
    ['pt', 'fr', false],
    ['pt', undefined, false],
  ])('of %s fits %s: %s', (wanted, spoken, fits) => {
    const routes = [route('other', { languages: [wanted] })];
    expect(answers(routes, said(spoken))).toBe(fits ? 'other' : 'helper');
  });

  it('takes any of several', () => {
    const routes = [route('romance', { languages: ['fr', 'pt'] })];
    expect(answers(routes, said('fr'))).toBe('romance');
    expect(answers(routes, said('de'))).toBe('helper');
  });

  it('goes by what was said last', () => {
    const routes = [route('french', { languages: ['fr'] })];
    expect(answers(routes, said('en'), said('fr'))).toBe('french');
    expect(answers(routes, said('fr'), said('en'))).toBe('helper');
    expect(answers(routes)).toBe('helper');
  });
});

describe('a route by category', () => {
  const routes = [route('billing', { categoryIds: ['bills', 'invoices'] })];
  it.each([
    [['bills'], 'billing'],
    [['bot', 'invoices'], 'billing'],
    [['bot'], 'helper'],
    [[], 'helper'],
  ])('of threads in %j: %s', (categoryIds, name) => {
    expect(answers(routes, said('fr', categoryIds))).toBe(name);
  });

  it('with languages beside it needs both', () => {
    const both = [route('bills-fr', { languages: ['fr'], categoryIds: ['bills'] })];
    expect(answers(both, said('fr', ['bills']))).toBe('bills-fr');
    expect(answers(both, said('en', ['bills']))).toBe('helper');
    expect(answers(both, said('fr', ['bot']))).toBe('helper');
  });
});

it('the first route that fits wins', () => {
  const routes = [
    route('brazil', { languages: ['pt-BR'] }),
    route('portuguese', { languages: ['pt'] }),
    route('late', { languages: ['pt', 'fr'] }),
  ];
  expect(answers(routes, said('pt-BR'))).toBe('brazil');
  expect(answers(routes, said('pt-PT'))).toBe('portuguese');
  expect(answers(routes, said('fr'))).toBe('late');
});

it('a bot that is among the settings no more is the source’s own', () => {
  const settings = { ...testSettings, routes: [route('french', { languages: ['fr'] })] };
  expect(botNamed(settings, 'french').name).toBe('french');
  expect(botNamed(settings, 'gone').name).toBe('helper');
});
