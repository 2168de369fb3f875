/** The webhook's health in plain words. */
import { describe, expect, it } from 'vitest';
import type { SeenWebhook } from '../../../workflows/contract/reconcile.js';
import { wantedEvents } from '../../../workflows/contract/event-effects.js';
import { webhookFindings } from '../../../workflows/shared/webhook-health.js';

const url = 'https://baton.example/webhooks/engage';
const healthy: SeenWebhook = {
  isActive: true,
  status: 'enabled',
  url,
  registeredEvents: [...wantedEvents, 'survey_response.imported'],
};
const healthyStatuses = ['enabled', 'active'];
const elsewhere = { ...healthy, url: 'https://crm.example/hook' };
const few = { ...healthy, registeredEvents: wantedEvents.slice(2) };
const suspended = { ...healthy, status: 'suspended' };

describe('one webhook that works is enough', () => {
  it.each<[string, readonly SeenWebhook[], string | undefined]>([
    ['alone', [healthy], url],
    ['where nobody said which address', [healthy], undefined],
    ['beside others’', [elsewhere, healthy], url],
    ['beside one of ours that does not', [suspended, healthy], undefined],
    ['in other letters', [{ ...healthy, status: 'Enabled' }], url],
    ['without a status', [{ ...healthy, status: undefined }], url],
  ])('%s', (_, webhooks, wanted) => {
    const setting = { healthyStatuses, ...(wanted !== undefined && { url: wanted }) };
    expect(webhookFindings(webhooks, setting)).toEqual([]);
  });
});

describe('what is wrong is said', () => {
  it.each<[string, readonly SeenWebhook[], RegExp]>([
    ['there is none', [], /has no webhook that sends to https:\/\/baton/],
    ['only others’', [elsewhere], /has no webhook that sends to/],
    ['inactive', [{ ...healthy, isActive: false }], /is not active/],
    ['suspended', [suspended], /status is “suspended”/],
    ['an unknown status', [{ ...healthy, status: 'resting' }], /status is “resting”/],
    ['events missing', [few], /not registered for content.imported, content.replied$/],
    [
      'another address',
      [{ ...healthy, url: 'https://old.example/webhooks/engage' }],
      /sends to https:\/\/old.*, not to https:\/\/baton/,
    ],
  ])('%s', (_, webhooks, wanted) => {
    expect(webhookFindings(webhooks, { url, healthyStatuses }).join()).toMatch(wanted);
  });
});
