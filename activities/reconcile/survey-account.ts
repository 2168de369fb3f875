/**
 * Reads the account's webhooks, and from the response the platform's time, in one call. Repeatable: it
 * only reads.
 *
 * If the token may not read webhooks, the result says so, and their health stays unknown.
 */
import { Context } from '@temporalio/activity';
import { NotAuthorised, NotFound } from '../../engage/errors.js';
import type { Webhook } from '../../engage/resources.js';
import type { ReconcileActivities, SeenWebhook } from '../../workflows/contract/reconcile.js';
import { troubleOf } from './budget.js';
import type { ReconcilePorts } from './ports.js';

export const createSurveyAccount = ({
  engage,
  threadsToBackfill: threads,
}: ReconcilePorts): ReconcileActivities['surveyAccount'] =>
  async function surveyAccount({ domainId: known }) {
    Context.current().heartbeat();
    const domainId = known ?? (await threads.findDomainId());
    try {
      const { records, answeredAt: at = Date.now() } = await engage.listWebhooks();
      const webhooks = records.flatMap((webhook) => (webhook ? [toSeen(webhook)] : []));
      return { at, webhooks, domainId };
    } catch (error) {
      if (!(error instanceof NotAuthorised || error instanceof NotFound)) return troubleOf(error);
      return { at: error.answeredAt ?? Date.now(), webhooks: 'unreadable', domainId };
    }
  };

function toSeen(webhook: Webhook): SeenWebhook {
  return {
    isActive: webhook.active,
    status: webhook.webhook_status,
    url: webhook.url,
    registeredEvents: webhook.registered_events,
  };
}
