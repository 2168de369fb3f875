/** What is tried again, how often, and for how long. */
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../../engage/errors.js';
import {
  isOverdue,
  passingFailures,
  waitBeforeRetry,
} from '../../../workflows/thread/transitions/retries.js';
import { newThread } from '../../../workflows/thread/state/state.js';
import { testSettings } from '../../harness/thread-settings.js';

const [minute, hour] = [60_000, 60 * 60_000];
const thread = newThread({ domainId: 'domain', threadId: 'thread' }, testSettings, 0);

describe('a failure that may pass', () => {
  it('is what the Engage client calls transient, or a timeout', () => {
    const transient = Object.entries(errorTable)
      .filter(([, { isTransient }]) => isTransient)
      .map(([code]) => `Engage.${code}`);
    expect([...passingFailures].sort()).toEqual([...transient, 'Timeout'].sort());
  });

  it('is tried again with growing pauses, of a minute, and of five in an outage', () => {
    const waits = Array.from({ length: 12 }, (_, tries) => waitBeforeRetry(2_000, tries));
    expect(waits.slice(0, 3)).toEqual([2_000, 4_000, 8_000]);
    expect(waits[9]).toBe(minute);
    expect(waits[11]).toBe(5 * minute);
  });

  it('is given up by time alone', () => {
    const item = { key: 'reply', epoch: 1, since: 0 };
    expect(isOverdue(thread, item, 23 * hour)).toBe(false);
    expect(isOverdue(thread, item, 24 * hour)).toBe(true);
  });
});
