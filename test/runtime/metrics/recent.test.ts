/** What was asked within the last minute, however time passes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecent } from '../../../runtime/metrics/recent.js';

describe('the last minute', () => {
  it('has what happened in it, and nothing older', () => {
    const waits = fc.array(fc.integer({ min: 0, max: 40_000 }), { maxLength: 200 });
    fc.assert(
      fc.property(waits, (given) => {
        let now = 1_700_000_000_000;
        const recent = createRecent(() => now);
        const seconds: number[] = [];
        for (const wait of given) {
          now += wait;
          recent.add();
          seconds.push(Math.floor(now / 1_000));
          const oldest = Math.floor(now / 1_000) - 60;
          expect(recent.count()).toBe(seconds.filter((one) => one > oldest).length);
        }
        now += 61_000;
        expect(recent.count()).toBe(0);
      }),
    );
  });
});
