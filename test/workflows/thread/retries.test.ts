/** What is tried again, how often, and for how long. */
import { describe, expect, it } from 'vitest';
import { errorTable } from '../../../engage/errors.js';
import {
  isOverdue,
  passingFailures,
  waitBeforeRetry,
} from '../../../workflows/thread/transitions/retries.js';
import { newThread } from '../../../workflows/thread/state/state.js';
import { customerWrote } from '../../harness/facts.js';
import { PlayedRun } from '../../harness/played-core.js';
import { testSettings } from '../../harness/thread-settings.js';

const [minute, hour] = [60_000, 60 * 60_000];
const thread = newThread({ domainId: 'domain', threadId: 'thread' }, testSettings, 0);

describe('a failure that may pass', () => {
  it('is what the Engage client calls transient, a timeout, or an attempt given up', () => {
    const transient = Object.entries(errorTable)
      .filter(([, { isTransient }]) => isTransient)
      .map(([code]) => `Engage.${code}`);
    expect([...passingFailures].sort()).toEqual([...transient, 'Timeout', 'GivenUp'].sort());
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

describe('a handover that the platform does not take for now', () => {
  const passing = { failed: 'Engage.PlatformFailed' };

  function handingOver(): PlayedRun {
    const run = new PlayedRun();
    return run.handleEvent(customerWrote({ id: '1', at: 0, body: 'a human please' })).wait(1_000);
  }

  it('is made when the platform is well again, and the customer is told once', () => {
    const run = handingOver();
    for (let i = 0; i < 20; i += 1) run.end('recategorise', passing).wait(5 * minute);
    expect([run.state.ownership.phase, run.posts()]).toEqual(['handover', []]);
    run.settle();
    expect([run.state.ownership.phase, run.posts()]).toEqual(['handover', ['HANDOVER']]);
  });

  it('is given up after `giveUpAfter`: the bot says so, and a person is called', () => {
    const run = handingOver();
    for (let i = 0; i < 300 && run.doing() === 'recategorise'; i += 1) {
      run.end('recategorise', passing).wait(5 * minute);
    }
    run.settle();
    expect(run.at).toBeGreaterThanOrEqual(24 * hour);
    expect([run.state.ownership.phase, run.posts()]).toEqual(['bot', ['HANDOVER FAILED']]);
    expect(run.state.report.attention).toMatchObject([{ code: 'handoverFailed' }]);
  });
});
