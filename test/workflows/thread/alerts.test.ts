/** Alerts that wait for the business's address, step by step. */
import { describe, expect, it } from 'vitest';
import {
  afterAlert,
  nextAlert,
  recordAlerts,
} from '../../../workflows/thread/transitions/alerts.js';
import { isOver } from '../../../workflows/thread/transitions/closing.js';
import {
  clearAttention,
  newThread,
  raiseAttention,
  type ThreadState,
} from '../../../workflows/thread/state/state.js';
import { testSettings } from '../../harness/thread-settings.js';
import { withOwnership } from '../../../workflows/thread/state/ownership.js';

const id = { domainId: 'domain', threadId: 'thread' };
const quiet = newThread(id, testSettings, 0);
const alerting = newThread(id, { ...testSettings, alerts: true }, 0);

function raised(state: ThreadState, now: number): ThreadState {
  return recordAlerts(state, raiseAttention(state, now, 'nobodyComes'), now);
}

function resolved(state: ThreadState, now: number): ThreadState {
  return recordAlerts(state, clearAttention(state, 'nobodyComes'), now);
}

describe('alerts', () => {
  it('wait in the order in which things happened', () => {
    const state = raised(resolved(raised(alerting, 1), 2), 3);
    expect(state.report.alerts?.pending.map(({ number, type, at }) => [number, type, at])).toEqual([
      [1, 'attention.raised', 1],
      [2, 'attention.resolved', 2],
      [3, 'attention.raised', 3],
    ]);
    expect(state.report.alerts?.pending[1]).toMatchObject({ resolvedBy: 'humanCame' });
    const next = afterAlert(state, { number: 1, hasArrived: true }, 4);
    expect(nextAlert(next)).toMatchObject({ number: 2 });
  });

  it('do not wait where the business wants none, and its threads carry nothing of them', () => {
    expect('alerts' in resolved(raised(quiet, 1), 2)).toBe(false);
  });

  it('tell each reason once', () => {
    const state = raised(alerting, 1);
    const again = recordAlerts(state, raiseAttention(state, 2, 'agentSilent'), 2);
    const twice = recordAlerts(again, raiseAttention(again, 3, 'agentSilent'), 3);
    const codes = twice.report.alerts?.pending.map(({ attention }) => attention.code);
    expect(codes).toEqual(['nobodyComes', 'agentSilent']);
    const one = recordAlerts(twice, clearAttention(twice, 'nobodyComes'), 4);
    expect(one.report.alerts?.pending.at(-1)).toMatchObject({
      type: 'attention.resolved',
      attention: { code: 'nobodyComes' },
    });
    expect(one.report.attention).toMatchObject([{ code: 'agentSilent' }]);
  });

  it('do not tell the end of what was raised before they were wanted', () => {
    const before = raised(quiet, 1);
    const state = { ...before, settings: { ...testSettings, alerts: true as const } };
    expect(resolved(state, 2).report.alerts).toBeUndefined();
  });

  it('are waited for by a closed thread, which has no next run to leave them to', () => {
    const closed = raised(withOwnership(alerting, { reason: 'solved', episode: 1 }), 1);
    const late = 2 * testSettings.linger;
    expect(isOver(closed, late)).toBe(false);
    expect(isOver(afterAlert(closed, { number: 1, hasArrived: false }, 2), late)).toBe(true);
  });

  it('that could not be told stand among the thread’s decisions', () => {
    const state = afterAlert(raised(alerting, 1), { number: 1, hasArrived: false }, 2);
    expect(nextAlert(state)).toBeUndefined();
    expect(state.report.log.at(-1)).toEqual({
      ...{ at: 2, code: 'alertGivenUp', attention: 'nobodyComes', because: 'notDelivered' },
    });
  });

  it('are bounded: of very many the oldest are given up', () => {
    let state = alerting;
    for (let now = 0; now < 200; now += 2) state = resolved(raised(state, now), now + 1);
    expect(state.report.alerts?.pending).toHaveLength(50);
    expect(nextAlert(state)).toMatchObject({ number: 151 });
    expect(state.report.log.at(-1)).toMatchObject({ code: 'alertGivenUp', because: 'tooMany' });
  });

  it('known to have ended twice change nothing the second time', () => {
    const state = afterAlert(raised(alerting, 1), { number: 1, hasArrived: true }, 2);
    expect(afterAlert(state, { number: 1, hasArrived: true }, 3)).toBe(state);
  });
});
