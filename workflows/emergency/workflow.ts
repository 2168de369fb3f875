/**
 * The workflow of emergencies: one for the whole account. It keeps every scope in which the bot is
 * silenced, moves running threads to humans, and afterwards returns those that no human has taken.
 *
 * The memo defines what is in force: workers read it before the bot speaks
 * (`temporal/emergency-check.ts`), so the bot is silent before the scan has reached every thread.
 * Handlers only change the state and the memo, one loop does all work, and continue-as-new carries
 * everything.
 */
import {
  condition,
  log,
  makeContinueAsNewFunc,
  proxyActivities,
  setCurrentDetails,
  setHandler,
  upsertMemo,
} from '@temporalio/workflow';
import {
  declareEmergency,
  describeEmergency,
  endEmergency,
  type EmergencyActivities,
  type EmergencyInput,
  type EmergencyMemo,
} from '../contract/index.js';
import {
  afterSearch,
  changeScan,
  declare,
  end,
  keyOf,
  newestFor,
  nextStep,
  setWaiting,
  type EmergencyState,
  type EmergencyStep,
} from './state.js';
import { emergencyDetails, describeDeclaration } from './view.js';
import { applyAnswers } from './scan.js';
import { isLongerThan } from '../shared/run-length.js';
import type { Scope } from '../contract/emergency.js';

const historyLimit = 1_000;
/** The run ends this long after everything is done and nothing is in force. */
const linger = '10s';

const { findThreads } = proxyActivities<EmergencyActivities>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
});
const { moveThreads } = proxyActivities<EmergencyActivities>({
  startToCloseTimeout: '60s',
  heartbeatTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '10s' },
});

type RunInput = EmergencyInput & { readonly carried?: EmergencyState };

export async function emergency(input: RunInput): Promise<void> {
  let state: EmergencyState = input.carried ?? [];
  let isAsked = false;
  const publisher = new Publisher(input.carried && memoOf(input.carried));
  const change = (next: EmergencyState) => {
    state = next;
    isAsked = true;
    publisher.publish(state);
  };

  setHandler(describeEmergency, () => state.map(describeDeclaration));
  setHandler(declareEmergency, (input) => {
    change(declare(state, input, Date.now()));
    log.warn('emergency declared', { reason: keyOf(input.scope) });
    return viewFor(state, input.scope);
  });
  setHandler(endEmergency, (input) => {
    change(end(state, input, Date.now()));
    log.warn('emergency ended', { reason: keyOf(input.scope) });
    return viewFor(state, input.scope);
  });

  for (;;) {
    if (isLongerThan(historyLimit)) await continueWith(state);
    isAsked = false;
    const step = nextStep(state, Date.now());
    if (!step) {
      if (!(await condition(() => isAsked, linger))) return;
    } else if (step.do === 'wait') {
      await condition(() => isAsked, Math.max(1, step.until - Date.now()));
    } else {
      const apply = await perform(step);
      state = apply(state);
    }
    publisher.publish(state);
  }
}

type Change = (state: EmergencyState) => EmergencyState;

/**
 * Performs a step. Returns a change instead of a state, because commands may change the state
 * meanwhile.
 */
async function perform(step: Exclude<EmergencyStep, { do: 'wait' }>): Promise<Change> {
  const { of, way } = step;
  if (step.do === 'search') {
    const { search } = step;
    const waiting = { ...search, phase: 'handover', reason: 'emergency' } as const;
    const found = await findThreads({ way, search, waiting });
    const now = Date.now();
    return (state) =>
      setWaiting(
        changeScan(state, of.id, way, (scan) => afterSearch(way, scan, found, now)),
        of.id,
        found.waiting,
      );
  }
  const { by, why } = of.ended ?? of.declared;
  const asked = step.asked.map(({ workflowId, time }) => {
    return { workflowId, updateId: `${of.id}/${way}/${time}` };
  });
  const answers = await moveThreads({ way, by, why, asked });
  const now = Date.now();
  return (state) => changeScan(state, of.id, way, (scan) => applyAnswers(scan, answers, now));
}

/** Writes the memo and the details in the Temporal UI when they change. */
class Publisher {
  #memo: string;

  constructor(memo: EmergencyMemo | undefined) {
    this.#memo = JSON.stringify(memo);
  }

  publish(state: EmergencyState): void {
    setCurrentDetails(emergencyDetails(state));
    const memo = memoOf(state);
    if (JSON.stringify(memo) === this.#memo) return;
    this.#memo = JSON.stringify(memo);
    upsertMemo(memo);
  }
}

function memoOf(state: EmergencyState): EmergencyMemo {
  return { emergencies: state.map(describeDeclaration) };
}

function viewFor(state: EmergencyState, scope: Scope) {
  const found = newestFor(state, scope);
  return found && describeDeclaration(found);
}

/** Handlers are synchronous, so none is unfinished here. The next run begins with the same memo. */
function continueWith(carried: EmergencyState): Promise<never> {
  return makeContinueAsNewFunc<typeof emergency>({ memo: memoOf(carried) })({ carried });
}
