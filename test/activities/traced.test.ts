/** The span of an activity: under the delivery that began it, with names and codes only. */
import { expect, it } from 'vitest';
import { traced } from '../../activities/traced.js';
import type { SpanOptions, Tracing } from '../../runtime/tracing/tracing.js';

const run = (input: { trace?: string; sourceName?: string; botName?: string; outcome: unknown }) =>
  Promise.resolve(input.outcome);

/** The span of one run, with what its outcome adds. */
async function spanOf(input: Parameters<typeof run>[0]) {
  const spans: unknown[] = [];
  const tracing: Tracing = {
    async within<T>({ after, ...span }: SpanOptions<T>, work: () => Promise<T>) {
      const result = await work();
      spans.push({ ...span, after: after?.(result) });
      return result;
    },
    current: () => undefined,
    end: () => Promise.resolve(),
  };
  expect(await traced(tracing, 'post reply', run)(input)).toBe(input.outcome);
  return spans;
}

it('names source, bot and delivery where there are any', async () => {
  const known = { trace: 'parent', sourceName: 'chat', botName: 'ours', outcome: undefined };
  expect(await spanOf(known)).toEqual([
    {
      ...{ name: 'post reply', parent: 'parent', after: {} },
      attributes: { 'baton.source': 'chat', 'baton.bot': 'ours' },
    },
  ]);
  expect(await spanOf({ outcome: undefined })).toEqual([
    { name: 'post reply', parent: undefined, attributes: {}, after: {} },
  ]);
});

it.each([
  [{ is: 'posted', body: 'my secret words' }, { 'baton.outcome': 'posted' }],
  [{ is: { body: 'my secret words' } }, {}],
  [{ body: 'my secret words' }, {}],
  ['later', {}],
  [undefined, {}],
  [null, {}],
])('of the outcome %o it says the code', async (outcome, after) => {
  const base = { name: 'post reply', parent: undefined, attributes: {} };
  expect(await spanOf({ outcome })).toEqual([{ ...base, after }]);
});

it('without tracing it is the activity itself', () => {
  expect(traced(undefined, 'post reply', run)).toBe(run);
});
