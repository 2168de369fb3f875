/**
 * The reconciler: a short run, started by a schedule. It searches the platform for events that
 * webhooks did not deliver and hands them to their threads, and for threads whose run was ended.
 *
 * This is the shell around `run.ts`. Work left undone, because the calls are spent or the platform
 * fails, is continued by the next run: the schedule hands each run its predecessor's result.
 */
import {
  ActivityFailure,
  log,
  metricMeter,
  proxyActivities,
  setCurrentDetails,
  sleep,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { searchAttributes, type EndedThreadsActivities } from '../contract/index.js';
import { metricHelp } from '../contract/metrics.js';
import type {
  ReconcileActivities,
  ReconcileInput,
  ReconcileReport,
  SettleDoubtsInput,
  ScanInput,
} from '../contract/reconcile.js';
import {
  afterDoubts,
  afterEnded,
  afterLoss,
  afterSurvey,
  afterScan,
  beginRun,
  nextDoubts,
  nextEnded,
  nextScan,
  wantsSurvey,
  type ReconcileRun,
} from './run.js';
import { reportOf } from './report.js';
import { pacedCalls } from '../shared/paced-calls.js';

const runs = 'baton_reconcile_runs';
const longestPause = 60_000;
/** Milliseconds for handing events to threads, in addition to the calls. */
const handingOver = 120_000;

export async function reconcile(input: ReconcileInput): Promise<ReconcileReport> {
  const before = workflowInfo().lastResult as ReconcileReport | undefined;
  let run = await rebuildEnded(beginRun(input, before?.next));
  while (wantsSurvey(run)) run = await recover(await survey(run));
  for (let next = nextScan(run); next; next = nextScan(run)) {
    run = await recover(await scan(run, next));
  }
  for (let next = nextDoubts(run); next; next = nextDoubts(run)) {
    run = await recover(await settleDoubts(run, next));
  }
  const report = reportOf(run);
  show(report, before);
  return report;
}

const { rebuildEndedThreads } = proxyActivities<EndedThreadsActivities>({
  startToCloseTimeout: '10m',
  heartbeatTimeout: '1m',
  retry: { maximumAttempts: 3 },
});

/** Rebuilds threads whose run was ended, also if nothing is delivered to them. It needs no calls. */
async function rebuildEnded(run: ReconcileRun): Promise<ReconcileRun> {
  try {
    const ended = nextEnded(run, Date.now());
    return afterEnded(run, ended, await rebuildEndedThreads(ended));
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn('ended runs could not be searched for', { reason: error.cause?.name });
    return run;
  }
}

function survey(run: ReconcileRun): Promise<ReconcileRun> {
  const domainId = run.input.domainId ?? run.before?.domainId;
  const known = domainId === undefined ? {} : { domainId };
  return spend(run, 1, async (account) => afterSurvey(run, await account.surveyAccount(known)));
}

function scan(run: ReconcileRun, next: ScanInput): Promise<ReconcileRun> {
  return spend(run, next.calls, async (account) => afterScan(run, await account.scan(next)));
}

function settleDoubts(run: ReconcileRun, next: SettleDoubtsInput): Promise<ReconcileRun> {
  return spend(run, next.calls, async (account) =>
    afterDoubts(run, await account.settleDoubts(next)),
  );
}

async function spend(
  run: ReconcileRun,
  calls: number,
  act: (account: ReconcileActivities) => Promise<ReconcileRun>,
): Promise<ReconcileRun> {
  const { callTimeout, pace } = run.input;
  const account = pacedCalls<ReconcileActivities>({ calls, callTimeout, pace }, handingOver);
  try {
    return await act(account);
  } catch (error) {
    if (!(error instanceof ActivityFailure)) throw error;
    log.warn('a part of the run was lost', { code: error.cause?.name });
    return afterLoss(run, calls);
  }
}

/** After a failure, waits as long as the platform asks. */
async function recover(run: ReconcileRun): Promise<ReconcileRun> {
  const pause = Math.min(run.trouble?.retryAfter ?? 0, longestPause);
  if (pause > 0) await sleep(pause, { summary: run.trouble?.code ?? 'trouble' });
  return run;
}

function show(report: ReconcileReport, before: ReconcileReport | undefined): void {
  const { findings, backfilled, calls, isComplete, completeUntil } = report;
  upsertSearchAttributes([{ key: searchAttributes.attention, value: findings.length > 0 }]);
  setCurrentDetails(detailsOf(report));
  const found = findings.length > 0 ? 'trouble' : 'nothing';
  metricMeter.createCounter(runs, undefined, metricHelp[runs]).add(1, { found });
  if (findings.length > 0) log.warn('reconciling found trouble', { findings });
  if (report.webhook === 'unreadable' && before?.webhook !== 'unreadable') {
    log.info('the token may not read webhooks: their health is not watched');
  }
  if (report.journal === 'unreadable' && before?.journal !== 'unreadable') {
    log.info('the token may not search the journal: interventions are read instead');
  }
  if (report.rebuilt > 0) log.warn('threads are rebuilt', { threads: report.rebuilt });
  log.info('reconciled', { ...backfilled, calls, isComplete, completeUntil });
}

function detailsOf(report: ReconcileReport): string {
  const { backfilled, lookedAt, calls, rebuilt, completeUntil = 'nothing yet' } = report;
  const lines = [
    `Backfilled ${backfilled.threads} threads: ${backfilled.contents} contents, ${backfilled.facts} other facts`,
    `Looked at ${lookedAt.contents} contents and ${lookedAt.events} journal entries, ${calls} calls`,
    `${report.isComplete ? 'Complete' : 'Continued by the next run'} from ${completeUntil}`,
    ...(rebuilt === 0 ? [] : [`**${rebuilt} threads are rebuilt**: their run was ended`]),
    ...(report.trouble === undefined ? [] : [`Ended early: ${report.trouble}`]),
    ...report.findings.map((finding) => `**Attention**: ${finding}`),
  ];
  return lines.map((line) => `- ${line}`).join('\n');
}
