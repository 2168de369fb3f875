/** The reconciler's settings: visible defaults, refused nonsense, and what the schedule is given. */
import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../settings/load-config.js';
import { reconcilePlan } from '../../settings/reconcile-plan.js';
import { SettingsError } from '../../settings/settings-error.js';
import { testConfig } from '../harness/test-config.js';

const minute = 60_000;
const plan = (reconcile: object = {}, url?: string) =>
  reconcilePlan(parseConfig({ ...testConfig(), reconcile }), url);

describe('reconcile', () => {
  it('runs every quarter of an hour, with 60 calls, by default', () => {
    const { every, input } = plan();
    expect(every).toBe(15 * minute);
    expect(input).toMatchObject({ calls: 60, pace: 1_000, overlap: 2 * minute, grace: minute });
    expect(input.lookBack).toBe(24 * 60 * minute);
    expect(input.sourceIds).toHaveLength(2);
    expect(input.webhook).not.toHaveProperty('url');
  });

  it('can be off, and knows the webhook’s address where the environment does', () => {
    expect(plan({ every: 'off' }).every).toBe('off');
    expect(plan({}, 'https://baton.example/hook').input.webhook.url).toBe(
      'https://baton.example/hook',
    );
  });

  it.each([
    ['every', { every: 'sometimes' }],
    ['calls', { calls: 0 }],
    ['lookBack', { lookBack: '3d' }],
    ['overlap', { overlap: 120 }],
    ['callsPerMinute', { callsPerMinute: 0 }],
    ['evry', { evry: '15m' }],
  ])('refuses a wrong %s by its name', (name, reconcile) => {
    expect(() => plan(reconcile)).toThrow(SettingsError);
    expect(() => plan(reconcile)).toThrow(`reconcile.${name}`);
  });
});
