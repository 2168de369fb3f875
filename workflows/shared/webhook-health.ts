/**
 * Checks the account's webhooks and describes problems in plain text. Pure.
 *
 * The platform publishes no list of values for `webhook_status`, so only values known to be good are
 * accepted.
 */
import type { ReconcileInput, SeenWebhook } from '../contract/reconcile.js';
import { wantedEvents } from '../contract/event-effects.js';

const ourPath = '/webhooks/engage';

/** Returns the problems; none if one webhook delivers all required events. */
export function webhookFindings(
  webhooks: readonly SeenWebhook[],
  { url, healthyStatuses }: ReconcileInput['webhook'],
): readonly string[] {
  const ours = webhooks.filter((webhook) => isOurs(webhook, url));
  const [first] = ours.map((webhook) => flawsOf(webhook, healthyStatuses)).sort(fewest);
  if (first) return first;
  const wanted = url ?? `an address that ends with ${ourPath}`;
  const [other] = webhooks.filter((webhook) => url !== undefined && isOurs(webhook, undefined));
  return other
    ? [`the webhook sends to ${other.url ?? 'nowhere'}, not to ${wanted}`]
    : [`the account has no webhook that sends to ${wanted}`];
}

function isOurs({ url }: SeenWebhook, wanted: string | undefined): boolean {
  if (url === undefined) return false;
  return wanted === undefined ? url.split('?')[0]?.endsWith(ourPath) === true : url === wanted;
}

function flawsOf(webhook: SeenWebhook, healthyStatuses: readonly string[]): readonly string[] {
  const { status } = webhook;
  const flaws: string[] = [];
  if (!webhook.isActive) flaws.push('the webhook is not active: nothing is sent');
  else if (status !== undefined && !healthyStatuses.includes(status.toLowerCase())) {
    flaws.push(`the webhook’s status is “${status}”: what happens now may never be sent`);
  }
  const missing = wantedEvents.filter((type) => !webhook.registeredEvents.includes(type));
  if (missing.length > 0) flaws.push(`the webhook is not registered for ${missing.join(', ')}`);
  return flaws;
}

function fewest(a: readonly string[], b: readonly string[]): number {
  return a.length - b.length;
}
