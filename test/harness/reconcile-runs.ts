/** Reconciling without Temporal: the pure run and its activities, in the order in which the shell acts. */
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { createSettleDoubts } from '../../activities/reconcile/settle-doubts.js';
import { createSurveyAccount } from '../../activities/reconcile/survey-account.js';
import { createScan } from '../../activities/reconcile/scan.js';
import type {
  ReconcileActivities,
  ReconcileInput,
  ReconcileReport,
} from '../../workflows/contract/reconcile.js';
import { reportOf } from '../../workflows/reconcile/report.js';
import {
  afterDoubts,
  afterSurvey,
  afterScan,
  beginRun,
  nextDoubts,
  nextScan,
  wantsSurvey,
} from '../../workflows/reconcile/run.js';
import type { FakeAccount } from './fake-account.js';

const minute = 60_000;

export const testInput: ReconcileInput = {
  sourceIds: ['chat', 'messages'],
  botUserId: 'bot',
  calls: 60,
  pace: 0,
  overlap: 2 * minute,
  grace: minute,
  lookBack: 24 * 60 * minute,
  callTimeout: 5_000,
  webhook: { healthyStatuses: ['enabled'] },
};

export class ReconcileRuns {
  readonly #account: FakeAccount;
  readonly #input: ReconcileInput;
  #last: ReconcileReport | undefined;

  constructor(account: FakeAccount, input: Partial<ReconcileInput> = {}) {
    this.#account = account;
    this.#input = { ...testInput, ...input };
  }

  async run(): Promise<ReconcileReport> {
    const account = this.#activities();
    let run = beginRun(this.#input, this.#last?.next);
    while (wantsSurvey(run)) run = afterSurvey(run, await account.surveyAccount({}));
    for (let next = nextScan(run); next; next = nextScan(run)) {
      run = afterScan(run, await account.scan(next));
    }
    for (let next = nextDoubts(run); next; next = nextDoubts(run)) {
      run = afterDoubts(run, await account.settleDoubts(next));
    }
    // As Temporal does between one run and the next.
    this.#last = JSON.parse(JSON.stringify(reportOf(run))) as ReconcileReport;
    return this.#last;
  }

  #activities(): ReconcileActivities {
    const ports = { engage: this.#account, threadsToBackfill: this.#account };
    const logger = new DefaultLogger('ERROR', () => undefined);
    const act = <A, R>(activity: (input: A) => Promise<R>) => {
      const environment = new MockActivityEnvironment(undefined, { logger });
      return (input: A) => environment.run<[A], R, typeof activity>(activity, input);
    };
    return {
      surveyAccount: act(createSurveyAccount(ports)),
      scan: act(createScan(ports)),
      settleDoubts: act(createSettleDoubts(ports)),
    };
  }
}
