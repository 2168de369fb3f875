/** Queues alerts when a thread's attention is raised or resolved. Pure. */
import { note, type ThreadState } from '../state/state.js';
import type { Alert, ResolvedBy } from '../../contract/alert.js';
import { withReport } from '../state/report.js';
/** Pending alerts carried from run to run; beyond this number the oldest are given up. */
const pendingLimit = 50;

/** Queues the alerts for the change from one state to the next. */
export function recordAlerts(before: ThreadState, after: ThreadState, now: number): ThreadState {
  if (!after.settings.alerts || before.report.attention === after.report.attention) return after;
  let next = after;
  if (before.report.attention && after.report.alerts?.isRaised) {
    const resolvedBy = resolver(before, after);
    next = addAlert(
      next,
      { type: 'attention.resolved', attention: before.report.attention, resolvedBy },
      now,
    );
  }
  if (!after.report.attention) return next;
  return addAlert(next, { type: 'attention.raised', attention: after.report.attention }, now);
}

function addAlert(
  state: ThreadState,
  what: Pick<Alert, 'type' | 'attention' | 'resolvedBy'>,
  now: number,
): ThreadState {
  const number = (state.report.alerts?.lastNumber ?? 0) + 1;
  const {
    ownership: { phase, reason },
  } = state;
  const alert: Alert = { number, at: now, phase, reason, ...what };
  const pending = [...(state.report.alerts?.pending ?? []), alert];
  const alerts = {
    lastNumber: number,
    pending: pending.slice(-pendingLimit),
    isRaised: what.type === 'attention.raised',
  };
  const next = withReport(state, { alerts });
  const [oldest] = pending;
  if (!oldest || pending.length <= pendingLimit) return next;
  return note(next, now, givenUp(oldest, 'tooMany'));
}

function resolver(before: ThreadState, after: ThreadState): ResolvedBy {
  if (after.ownership.episode > before.ownership.episode) return 'newConversation';
  const code = before.report.attention?.code;
  return code === 'botDeactivated' || code === 'botUnavailable' ? 'botSpoke' : 'humanCame';
}

function givenUp({ attention }: Alert, because: 'tooMany' | 'notDelivered') {
  return { code: 'alertGivenUp', attention: attention.code, because } as const;
}

export type AlertEnd = { readonly number: number; readonly hasArrived: boolean };

/** Removes an alert that was delivered or given up. */
export function afterAlert(state: ThreadState, end: AlertEnd, now: number): ThreadState {
  const {
    report: { alerts },
  } = state;
  const ended = alerts?.pending.find(({ number }) => number === end.number);
  if (!alerts || !ended) return state;
  const next = withReport(state, {
    alerts: { ...alerts, pending: alerts.pending.filter((one) => one !== ended) },
  });
  return end.hasArrived ? next : note(next, now, givenUp(ended, 'notDelivered'));
}

/** The next alert to send. */
export function nextAlert({ settings, report: { alerts } }: ThreadState): Alert | undefined {
  return settings.alerts ? alerts?.pending[0] : undefined;
}
