/** Addresses, filters and changes of the console's list of threads, and how patiently it asks. */
import { describe, expect, it } from 'vitest';
import { waitAfter } from '../../../api/console/page/reach/wait-after.js';
import { parseRoute, threadHref } from '../../../api/console/page/route.js';
import { phaseChanges } from '../../../api/console/page/threads/changes.js';
import {
  parseFilter,
  listHref,
  matching,
  formatQuery,
} from '../../../api/console/page/threads/filter.js';
import type { ThreadLine } from '../../../api/operator/answers.js';

const line = (id: string, phase: ThreadLine['phase']): ThreadLine => ({
  ...{ id, phase, source: 'chat', reason: 'customerAsked', since: null },
  ...{ attention: false, next: null },
});

describe('an address', () => {
  it.each([
    ['/console', { page: 'threads' }],
    ['/console/', { page: 'threads' }],
    ['/console/threads', { page: 'threads' }],
    [threadHref('domain:thread/1'), { page: 'thread', id: 'domain:thread/1' }],
    ['/console/threads/domain:thread', { page: 'thread', id: 'domain:thread' }],
    ['/console/threads/%', { page: 'thread', id: '%' }],
    ['/console/emergency', { page: 'emergency' }],
    ['/console/overview', { page: 'overview' }],
    ['/console/system', { page: 'system' }],
    ['/console/system/more', { page: 'unknown' }],
    ['/console/other', { page: 'unknown' }],
  ])('%s', (pathname, route) => {
    expect(parseRoute(pathname)).toEqual(route);
  });
});

describe('a filter', () => {
  it.each([
    ['', {}],
    ['?phase=handover', { phase: 'handover' }],
    [
      '?phase=handover&source=chat&attention=true&page=abc',
      {
        ...{ phase: 'handover', source: 'chat', attention: true, page: 'abc' },
      },
    ],
    ['?source=a+b%26c', { source: 'a b&c' }],
  ])('is its address and back: %s', (query, filter) => {
    expect(parseFilter(query)).toEqual(filter);
    expect(formatQuery(parseFilter(query))).toBe(query);
    expect(listHref(parseFilter(query))).toBe(`/console${query}`);
  });

  it('ignores what it does not know', () => {
    expect(parseFilter('?phase=nonsense&attention=perhaps&more=1')).toEqual({});
  });

  it('finds lines by id and by what is said of them', () => {
    const lines = [line('d:one', 'bot'), line('d:two', 'agent')];
    const words = ({ source }: ThreadLine) => source;
    const found = (typed: string) => matching(lines, typed, words).map(({ id }) => id);
    expect(found(' ')).toEqual(['d:one', 'd:two']);
    expect(found('TWO')).toEqual(['d:two']);
    expect(found('chat')).toEqual(['d:one', 'd:two']);
    expect(found('nothing')).toEqual([]);
  });
});

describe('a change', () => {
  const before = [line('a', 'bot'), line('b', 'bot')];
  it.each([
    ['nothing when nothing has changed', before, undefined],
    ['nothing of lines that are new', [line('c', 'agent')], undefined],
    ['which thread, from what to what', [line('a', 'handover')], 'Thread a: Bot to Handover'],
    ['how many', [line('a', 'handover'), line('b', 'agent')], '2 threads changed their phase'],
  ])('says %s', (_, after, words) => {
    expect(phaseChanges(before, after)).toBe(words);
  });
});

describe('asking again', () => {
  it('is ever slower while there is no answer, and never slower than half a minute', () => {
    const waits = [0, 1, 2, 3, 10].map((failures) => waitAfter(2_000, failures));
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000]);
  });
});
