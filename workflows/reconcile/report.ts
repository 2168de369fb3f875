/**
 * Builds the report of a run (backfilled events, calls, findings) and the state for the next run.
 * Pure.
 */
import type { ReconcileMemory, ReconcileReport } from '../contract/reconcile.js';
import { again, earliestOf, mapMarks } from './marks.js';
import type { ReconcileRun } from './run.js';
import { webhookFindings } from '../shared/webhook-health.js';

export function reportOf(run: ReconcileRun): ReconcileReport {
  const isComplete = run.survey !== undefined && isAtEnd(run) && run.doubtsSince === undefined;
  const { lookedAt, unreached, trouble, rebuilt } = run;
  const { threadIds, contents, facts } = run.backfilled;
  return {
    ...{ lookedAt, unreached, isComplete, rebuilt },
    backfilled: { threads: threadIds.length, contents, facts },
    calls: run.input.calls - run.callsLeft,
    completeUntil: run.marks && iso(earliestOf(run.marks)),
    webhook: webhookOf(run),
    journal: run.isJournalReadable ? 'readable' : 'unreadable',
    findings: findingsOf(run),
    ...(trouble && !isComplete && { trouble: trouble.code }),
    next: memoryOf(run),
  };
}

function memoryOf(run: ReconcileRun): ReconcileMemory {
  const { survey, input, before, doubtsSince, marks, endedUntil } = run;
  const domainId = input.domainId ?? survey?.domainId ?? before?.domainId;
  const latest = run.until - input.overlap;
  const counts = run.unreached.map((id) => [id, (before?.unreached[id] ?? 0) + 1]);
  return {
    ...(marks && {
      marks: survey ? mapMarks(marks, (mark) => again(mark, latest)) : marks,
    }),
    unreached: Object.fromEntries(counts) as Record<string, number>,
    ...(domainId !== undefined && { domainId }),
    ...(doubtsSince !== undefined && { doubtsSince }),
    ...(endedUntil !== undefined && { endedUntil }),
  };
}

function webhookOf(run: ReconcileRun): ReconcileReport['webhook'] {
  const webhooks = run.survey?.webhooks;
  if (webhooks === undefined) return 'unknown';
  if (webhooks === 'unreadable') return 'unreadable';
  return webhookFindings(webhooks, run.input.webhook).length === 0 ? 'healthy' : 'unhealthy';
}

/** Findings that a person should look at. */
function findingsOf(run: ReconcileRun): readonly string[] {
  const { survey, input, skipped, unreached, unreadable, notRebuilt } = run;
  const webhooks = survey?.webhooks;
  const isSeen = webhooks !== undefined && webhooks !== 'unreadable';
  const findings = isSeen ? [...webhookFindings(webhooks, input.webhook)] : [];
  if (survey && (input.domainId ?? survey.domainId) === undefined) {
    findings.push(
      'no delivery has ever come, so the account’s domain id is not known: set reconcile.domainId',
    );
  }
  if (skipped) findings.push(`not looked at: ${iso(skipped.from)} to ${iso(skipped.until)}`);
  if (unreached.length > 0) findings.push(`threads that did not answer: ${unreached.join(', ')}`);
  if (notRebuilt > 0) {
    findings.push(
      `${notRebuilt} threads whose run was ended could not be rebuilt: the next run tries again`,
    );
  }
  if (unreadable > 0) findings.push(`${unreadable} records of the platform were not understood`);
  const isShort = run.isStuck && !run.isSwept && run.callsLeft < 1;
  if (isShort || (run.areDoubtsSeen && run.doubtsSince !== undefined)) {
    findings.push('the calls of one run are too few to get anywhere: raise reconcile.calls');
  }
  return findings;
}

function isAtEnd({ marks, until }: ReconcileRun): boolean {
  return marks !== undefined && earliestOf(marks) >= until;
}

function iso(time: number): string {
  return new Date(time).toISOString();
}
