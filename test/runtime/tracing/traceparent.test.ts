/** What is taken for a trace of somebody else's, and what is not. */
import { describe, expect, it } from 'vitest';
import { parseTraceparent, toTraceparent } from '../../../runtime/tracing/traceparent.js';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const spanId = 'b7ad6b7169203331';

describe('a traceparent', () => {
  it('is read and written as W3C says', () => {
    const text = `00-${traceId}-${spanId}-01`;
    const context = parseTraceparent(text);
    expect(context).toEqual({ traceId, spanId, traceFlags: 1, isRemote: true });
    expect(context && toTraceparent(context)).toBe(text);
  });

  it('of a later version counts by what is known of it', () => {
    expect(parseTraceparent(`01-${traceId}-${spanId}-03-more`)).toMatchObject({ traceFlags: 1 });
  });

  it.each([
    '',
    `ff-${traceId}-${spanId}-01`,
    `00-${'0'.repeat(32)}-${spanId}-01`,
    `00-${traceId}-${'0'.repeat(16)}-01`,
    `00-${traceId.toUpperCase()}-${spanId}-01`,
    `00-${traceId}-${spanId}`,
    `00-${traceId}-${spanId}-01\n`,
    `00-${traceId}-${spanId}-01-more`,
    'somebody’s words',
  ])('is none: %j', (text) => {
    expect(parseTraceparent(text)).toBeUndefined();
  });
});
