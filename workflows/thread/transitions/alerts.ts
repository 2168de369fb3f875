/** Queues alerts when a thread's attention is raised or resolved. Pure. */
import { note, type ThreadState } from '../state/state.js';
import type { Alert, ResolvedBy } from '../../contract/alert.js';
import type { Attention } from '../../contract/attention.js';
import { withReport } from '../state/report.js';
/** Pending alerts carried from run to run; beyond this number the oldest are given up. */
const pendingLimit = 50;

/** Queues the alerts for the change from one state to the next: each reason for itself. */
export function recordAlerts(before: ThreadState, after: ThreadState, now: number): ThreadState {
  const [earlier, present] = [before.report.attention, after.report.attention];
  if (!after.settings.alerts || earlier === present) return after;
  const reported = after.report.alerts?.raised ?? [];
  const ended = earlier.filter((one) => reported.includes(one.code) && !present.includes(one));
  const begun = present.filter((one) => !earlier.includes(one));
  const resolved = ended.reduce<ThreadState>((next, attention) => {
    const resolvedBy = resolver(before, after, attention);
    return addAlert(next, { type: 'attention.resolved', attention, resolvedBy }, now);
  }, after);
  return begun.reduce<ThreadState>(
    (next, attention) => addAlert(next, { type: 'attention.raised', attention }, now),
    resolved,
  );
}

function addAlert(
  state: ThreadState,
  what: Pick<Alert, 'type' | 'attention' | 'resolvedBy'>,
  now: number,
): ThreadState {
  const { report, ownership } = state;
  const number = (report.alerts?.lastNumber ?? 0) + 1;
  const { phase, reason } = ownership;
  const alert: Alert = { number, at: now, phase, reason, ...what };
  const pending = [...(report.alerts?.pending ?? []), alert];
  const others = (report.alerts?.raised ?? []).filter((code) => code !== what.attention.code);
  const raised = what.type === 'attention.raised' ? [...others, what.attention.code] : others;
  const alerts = { lastNumber: number, pending: pending.slice(-pendingLimit), raised };
  const next = withReport(state, { alerts });
  const [oldest] = pending;
  if (!oldest || pending.length <= pendingLimit) return next;
  return note(next, now, givenUp(oldest, 'tooMany'));
}

function resolver(before: ThreadState, after: ThreadState, { code }: Attention): ResolvedBy {
  if (after.ownership.episode > before.ownership.episode) return 'newConversation';
  if (after.ownership.phase !== 'bot') return 'humanCame';
  if (code !== 'replyUndelivered') return 'botSpoke';
  // No reply of the bot ends it: an operator's request for another answer does, which begins a new epoch.
  const isRequested = after.ownership.epoch > before.ownership.epoch;
  return isRequested ? 'answerRequested' : 'delivered';
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
