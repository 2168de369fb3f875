import { note, type ThreadState } from '../state/state.js';
import type { Alert, ResolvedBy } from '../../contract/alert.js';
import { withReport } from '../state/report.js';
/** So many are carried from run to run; of more, the oldest are given up. */
const owedLimit = 50;

/** What is to be told of the step from one state to the next. */
export function recordAlerts(before: ThreadState, after: ThreadState, now: number): ThreadState {
  if (!after.settings.alerts || before.report.attention === after.report.attention) return after;
  let next = after;
  if (before.report.attention && after.report.alerts?.isRaised) {
    const resolvedBy = resolver(before, after);
    next = owe(
      next,
      { type: 'attention.resolved', attention: before.report.attention, resolvedBy },
      now,
    );
  }
  if (!after.report.attention) return next;
  return owe(next, { type: 'attention.raised', attention: after.report.attention }, now);
}

function owe(
  state: ThreadState,
  what: Pick<Alert, 'type' | 'attention' | 'resolvedBy'>,
  now: number,
): ThreadState {
  const number = (state.report.alerts?.told ?? 0) + 1;
  const {
    ownership: { phase, reason },
  } = state;
  const alert: Alert = { number, at: now, phase, reason, ...what };
  const owed = [...(state.report.alerts?.owed ?? []), alert];
  const alerts = {
    told: number,
    owed: owed.slice(-owedLimit),
    isRaised: what.type === 'attention.raised',
  };
  const next = withReport(state, { alerts });
  return owed.length > owedLimit ? note(next, now, alertGivenUp, 'too many') : next;
}

function resolver(before: ThreadState, after: ThreadState): ResolvedBy {
  if (after.ownership.episode > before.ownership.episode) return 'newConversation';
  const code = before.report.attention?.code;
  return code === 'botDeactivated' || code === 'botUnavailable' ? 'botSpoke' : 'humanCame';
}

const alertGivenUp = 'alert given up';

export type AlertEnd = { readonly number: number; readonly hasArrived: boolean };

/** It has arrived, or will not any more. */
export function afterAlert(state: ThreadState, end: AlertEnd, now: number): ThreadState {
  const {
    report: { alerts },
  } = state;
  const ended = alerts?.owed.find(({ number }) => number === end.number);
  if (!alerts || !ended) return state;
  const next = withReport(state, {
    alerts: { ...alerts, owed: alerts.owed.filter((one) => one !== ended) },
  });
  return end.hasArrived ? next : note(next, now, alertGivenUp, ended.attention.code);
}

/** What is to be told next. */
export function nextAlert({ settings, report: { alerts } }: ThreadState): Alert | undefined {
  return settings.alerts ? alerts?.owed[0] : undefined;
}
