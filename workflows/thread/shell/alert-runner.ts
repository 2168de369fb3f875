/**
 * Sends a thread's alerts, one at a time, independent of all other activities. Alerts not delivered
 * when a run ends are sent again by the next run; the receiver recognises duplicates by their id.
 */
import { log, proxyActivities } from '@temporalio/workflow';
import { nextAlert, type AlertEnd } from '../transitions/alerts.js';
import type { ThreadState } from '../state/state.js';
import type { Alert, AlertActivities } from '../../contract/alert.js';
/** About five hours, as a number of attempts: no attempt is made while no worker runs. */
const persistence = {
  initialInterval: '1s',
  maximumInterval: '10m',
  backoffCoefficient: 2,
  maximumAttempts: 40,
} as const;

/** An alert older than this, in milliseconds, gets fewer attempts. */
const longEnough = 6 * 3_600_000;
const attemptsWhenLate = 3;

/** Lower priority than questions to bots, which use the same workers. */
const priority = { priorityKey: 5 } as const;

export class AlertRunner {
  #onItsWay: number | undefined;
  readonly #ended: (end: AlertEnd) => void;

  constructor(ended: (end: AlertEnd) => void) {
    this.#ended = ended;
  }

  follow(state: ThreadState): void {
    const alert = nextAlert(state);
    if (!alert || this.#onItsWay !== undefined) return;
    this.#onItsWay = alert.number;
    const { domainId, threadId, bornAt, settings } = state;
    const input = { domainId, threadId, source: settings.name, bornAt, alert };
    activities(Date.now() - alert.at)
      .sendAlert(input)
      .then(
        () => this.#end(alert, true),
        () => this.#giveUp(alert),
      );
  }

  #giveUp(alert: Alert): void {
    log.warn('alert given up', { type: alert.type, code: alert.attention.code });
    this.#end(alert, false);
  }

  #end({ number }: Alert, hasArrived: boolean): void {
    this.#onItsWay = undefined;
    this.#ended({ number, hasArrived });
  }
}

function activities(age: number) {
  const retry =
    age > longEnough ? { ...persistence, maximumAttempts: attemptsWhenLate } : persistence;
  return proxyActivities<AlertActivities>({ startToCloseTimeout: '15s', retry, priority });
}
