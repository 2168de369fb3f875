import { Context } from '@temporalio/activity';
import { NotAuthorised, NotFound } from '../../engage/errors.js';
import type { Webhook } from '../../engage/resources.js';
import type { ReconcileActivities, SeenWebhook } from '../../workflows/contract/reconcile.js';
import { troubleOf } from './budget.js';
import type { ReconcilePorts } from './ports.js';

/**
 * One call: the account's webhooks, and with the answer the platform's time. Repeatable: it only reads.
 *
 * A token that may not see webhooks is no trouble; whoever asks then knows nothing of their health.
 */
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
