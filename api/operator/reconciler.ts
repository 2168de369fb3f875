/**
 * `GET /operator/reconciler`: what the last runs found that no webhook had delivered, and current
 * problems.
 */
import type { ReconcilerReports } from '../../temporal/reconciler-reports.js';
import { notTheirs, type OperatorContext } from './authorise.js';

const reportCount = 10;

export function createShowReconciler(reports: ReconcilerReports) {
  return async function showReconciler(c: OperatorContext): Promise<Response> {
    if (c.get('principal').sources !== 'all') return notTheirs(c, 'the reconciler');
    const runs = await reports.last(reportCount);
    return c.json({
      reports: runs.map(({ at, report }) => {
        const { isComplete, completeUntil = null, backfilled, rebuilt } = report;
        const { calls, webhook, findings } = report;
        const seen = { isComplete, completeUntil, backfilled, rebuilt, calls, webhook, findings };
        return { at: at.toISOString(), ...seen };
      }),
    });
  };
}
