import { createHash } from 'node:crypto';
import { ApplicationFailure } from '@temporalio/common';
import type { Ports } from './ports.js';
import type { AlertActivities, SendAlertInput } from '../workflows/contract/alert.js';

/** Gone: the receiver wants no more. Anything else somebody may mend. */
const gone = 410;
const longestWait = 600_000;

/**
 * Tell the business's address that somebody should look at a thread, or that it is no longer so. At least
 * once; the id is made of what the alert is, so that all tries of it have the same.
 */
export const createSendAlert = ({ alerts }: Pick<Ports, 'alerts'>): AlertActivities['sendAlert'] =>
  async function sendAlert(input) {
    if (!alerts) throw ApplicationFailure.retryable('no address on this worker', 'NoAlerts');
    const { status, retryAfter, problem } = await alerts.post(idOf(input), bodyOf(input));
    if (status !== undefined && status >= 200 && status < 300) return;
    throw ApplicationFailure.create({
      type: 'AlertNotTaken',
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
