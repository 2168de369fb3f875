/** Checks the webhook, and lists what no API shows. */
import type { Webhook } from '../../engage/resources.js';
import type { BusinessSettings } from '../../settings/business.js';
import { webhookFindings } from '../../workflows/shared/webhook-health.js';
import type { Account } from './account.js';
import { error, ok, unseen, type Finding } from './finding.js';

const page = 'Admin > Webhooks';

export function checkWebhook(
  { webhooks }: Account,
  { reconcile }: BusinessSettings,
  url: string | undefined,
): readonly Finding[] {
  const { healthyStatuses } = reconcile;
  const wanted = { healthyStatuses, ...(url !== undefined && { url }) };
  return [...checkDelivery(webhooks, wanted), ...unshown];
}

function checkDelivery(
  webhooks: readonly Webhook[] | undefined,
  wanted: Parameters<typeof webhookFindings>[1],
): readonly Finding[] {
  if (!webhooks) {
    const what = 'the token may not see webhooks';
    return [unseen('webhook', { what, mend: `${page}: compare with docs/operations/settings.md` })];
  }
  const seen = webhooks.map((webhook) => ({
    isActive: webhook.active,
    status: webhook.webhook_status,
    url: webhook.url,
    registeredEvents: webhook.registered_events,
  }));
  const wrong = webhookFindings(seen, wanted).map((what) =>
    error('webhook', { what, mend: `${page}; after a failed validation it must be enabled again` }),
  );
  if (wrong.length > 0) return wrong;
  return [ok('webhook', 'the webhook is active and registered for all Baton needs')];
}

const unshown: readonly Finding[] = [
  unseen('webhook-sources', {
    what: 'the API does not return the sources of the webhook',
    mend: `${page} > sources: none except the bot’s`,
  }),
  unseen('emergency-rule', {
    what: 'the API does not return rules',
    mend: 'Admin > Rules engine: one from the bot’s category to the agents’, inactive',
  }),
];
