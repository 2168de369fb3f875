/**
 * Sends an alert to the business's address: attention raised, or resolved. Delivers at least once; the
 * id is derived from the alert, so that all attempts have the same.
 */
import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Ports } from './ports.js';
import type { AlertActivities, SendAlertInput } from '../workflows/contract/alert.js';

/** The receiver wants no more alerts. All other statuses may be temporary. */
const gone = 410;
const longestWait = 600_000;

export const createSendAlert = ({ alerts }: Pick<Ports, 'alerts'>): AlertActivities['sendAlert'] =>
  async function sendAlert(input) {
    if (!alerts) throw ApplicationFailure.retryable('no address on this worker', 'NoAlerts');
    const { status, retryAfter, problem } = await alerts.post(idOf(input), bodyOf(input));
    if (status !== undefined && status >= 200 && status < 300) return;
    throw ApplicationFailure.create({
      type: 'AlertNotAccepted',
      message: status === undefined ? (problem ?? 'no answer') : `answered ${status}`,
      nonRetryable: status === gone,
      ...(retryAfter !== undefined && { nextRetryDelay: Math.min(retryAfter, longestWait) }),
    });
  };

function idOf({ domainId, threadId, bornAt, alert }: SendAlertInput): string {
  const { number, type, at, attention } = alert;
  const which = [domainId, threadId, bornAt, number, type, at, attention.code, attention.since];
  return `alert_${createHash('sha256').update(which.join('/')).digest('hex').slice(0, 32)}`;
}

function bodyOf({ domainId, threadId, source, alert }: SendAlertInput): string {
  const { type, at, phase, reason, attention, resolvedBy } = alert;
  return JSON.stringify({
    type,
    at: iso(at),
    thread: { id: `${domainId}:${threadId}`, source, phase, reason },
    attention: { code: attention.code, since: iso(attention.since) },
    ...(resolvedBy && { resolvedBy }),
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
