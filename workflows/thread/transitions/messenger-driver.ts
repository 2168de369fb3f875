/**
 * The Messenger driver: a state machine that moves thread control from our app to Engage's and back.
 * Its state is the `stage` of the outbox item. Three parties take part, and any of their messages may
 * be lost.
 *
 *   give   ask Engage → await Facebook's request → pass → Engage has it
 *   take   look up the owner → none: request (or take, where our app is the primary app)
 *                            → Engage: ask it to pass → await → look
 *
 * Every wait has a deadline. After it, Facebook is asked for the owner and the machine continues from
 * the answer; after a limited number of attempts it gives up. A failed give counts as a refused
 * handover. A failed take (the platform refuses while an intervention is engaged) leaves the thread to
 * humans.
 */
import { leaveToHumans } from './categories.js';
import {
  controlOf,
  controlStep,
  messengerOf,
  withControl,
  type ControlItem,
} from './messenger-control.js';
import { handoverRefused } from './handover.js';
import { enqueue, removeItem } from '../state/outbox-operations.js';
import type { MessengerDriver } from '../../contract/source-settings.js';
import { note, raiseAttention, type ThreadState } from '../state/state.js';
import {
  isFailure,
  type ControlThreadOutcome,
  type Failure,
  type MeetCustomerOutcome,
  type WorkOf,
} from '../../contract/work.js';
import type { ControlStage } from '../state/messenger-control.js';
import { withOutbox } from '../state/outbox.js';

/** The next call; none while the customer's page-scoped id is unknown. */
export function controlWork(
  state: ThreadState,
  item: ControlItem,
): Pick<WorkOf<'meetCustomer'> | WorkOf<'controlThread'>, 'do' | 'input'> | undefined {
  const driver = messengerOf(state);
  const { identityId, customerId } = controlOf(state);
  if (!driver || identityId === undefined) return undefined;
  const { pageId } = driver;
  if (customerId === undefined) {
    const { domainId, threadId } = state;
    return { do: 'meetCustomer', input: { domainId, threadId, identityId, pageId } };
  }
  return { do: 'controlThread', input: { customerId, ...callOf(driver, item) } };
}

function callOf({ pageId, appId, platformAppId }: MessengerDriver, item: ControlItem) {
  const { stage, to } = item;
  switch (stage) {
    case 'ask':
      return to === 'agent'
        ? ({ call: 'ask', from: 'bot', to: 'agent' } as const)
        : ({ call: 'ask', from: 'agent', to: 'bot', appId } as const);
    case 'pass':
      return { call: 'pass', pageId, appId: item.appId ?? platformAppId } as const;
    // The awaited event did not come in time.
    case 'await':
      return { call: 'look', pageId } as const;
    default:
      return { call: stage, pageId } as const;
  }
}

export function afterMeet(
  state: ThreadState,
  work: WorkOf<'meetCustomer'>,
  outcome: MeetCustomerOutcome | Failure,
  now: number,
): ThreadState {
  const item = stepOf(state, work.itemKey);
  if (!isFailure(outcome)) {
    const isSame = controlOf(state).identityId === work.input.identityId;
    return isSame ? withControl(state, { customerId: outcome.customerId }) : state;
  }
  return item ? controlFailed(state, item, outcome.failed, now) : state;
}

export function afterControl(
  state: ThreadState,
  { input, itemKey }: WorkOf<'controlThread'>,
  outcome: ControlThreadOutcome | Failure,
  now: number,
): ThreadState {
  const driver = messengerOf(state);
  if (!driver) return removeItem(state, itemKey);
  const code = codeOf(outcome);
  const next = code === undefined ? applyOutcome(state, driver, input, outcome, now) : state;
  const item = stepOf(next, itemKey);
  if (!item) return next;
  if (item.to === 'nobody') return removeItem(next, item.key);
  if (code === undefined) return advance(next, item, input.call, now);
  // A refusal by Engage is final; one by Facebook may only mean that another party was faster.
  if (input.call === 'ask') return controlFailed(next, item, code, now);
  return again(
    next,
    item,
    { stage: 'look', nextAttemptAt: now + pauseOf(driver, input.call) },
    code,
    now,
  );
}

/** Error code of a call that failed. */
function codeOf(outcome: ControlThreadOutcome | Failure): string | undefined {
  if (isFailure(outcome)) return outcome.failed;
  return outcome.is === 'refused' ? outcome.code : undefined;
}

/** A failed look is delayed before it is repeated. */
function pauseOf({ within }: MessengerDriver, call: string): number {
  return call === 'look' ? within : 0;
}

function applyOutcome(
  state: ThreadState,
  driver: MessengerDriver,
  input: WorkOf<'controlThread'>['input'],
  outcome: ControlThreadOutcome | Failure,
  now: number,
): ThreadState {
  switch (input.call) {
    case 'ask':
      // Facebook's next request answers this call, even if the handover is cancelled meanwhile.
      return input.to === 'agent' ? withControl(state, { askedUntil: now + driver.within }) : state;
    case 'look':
      return !isFailure(outcome) && outcome.is === 'owner'
        ? withControl(state, { owner: ownerOf(driver, outcome.appId) })
        : state;
    case 'pass':
      return withControl(state, { owner: ownerOf(driver, input.appId) });
    case 'take':
      return withControl(state, { owner: 'bot' });
    case 'release':
      return withControl(state, { owner: 'unknown' });
    default:
      return state;
  }
}

export function ownerOf({ appId, platformAppId }: MessengerDriver, owner: string | undefined) {
  if (owner === undefined) return 'idle';
  if (owner === appId) return 'bot';
  return owner === platformAppId ? 'platform' : 'other';
}

/** Moves to the stage that follows a successful call. */
function advance(
  state: ThreadState,
  item: ControlItem,
  call: WorkOf<'controlThread'>['input']['call'],
  now: number,
): ThreadState {
  const driver = messengerOf(state);
  if (!driver) return state;
  switch (call) {
    case 'ask':
      // Facebook's request may have arrived before the answer to the call.
      if (item.stage === 'pass') return state;
      return change(state, item, { stage: 'await', nextAttemptAt: now + driver.within });
    case 'request':
      return change(state, item, { stage: 'look' });
    case 'look':
      return item.to === 'bot' ? takeFrom(state, item, now) : giveFrom(state, item, now);
    default:
      return removeItem(state, item.key);
  }
}

function giveFrom(state: ThreadState, item: ControlItem, now: number): ThreadState {
  const { owner } = controlOf(state);
  const isThere = owner === (item.appId === undefined ? 'platform' : 'other');
  if (isThere || owner === 'platform') return removeItem(state, item.key);
  if (owner === 'bot')
    return again(state, item, { stage: 'pass' }, 'the request or the pass was lost', now);
  // Engage takes control when a human writes.
  if (state.ownership.phase !== 'handover') return removeItem(state, item.key);
  return again(state, item, { stage: 'ask' }, `control is ${owner}`, now);
}

function takeFrom(state: ThreadState, item: ControlItem, now: number): ThreadState {
  const { owner } = controlOf(state);
  const isPrimary = messengerOf(state)?.primary === 'bot';
  if (owner === 'bot') return removeItem(state, item.key);
  if (owner === 'other') return controlFailed(state, item, 'another app has control', now);
  const stage: ControlStage = owner === 'idle' ? (isPrimary ? 'take' : 'request') : 'ask';
  // The primary app may take control that Engage agreed to pass and did not.
  const isOverdue = isPrimary && item.tries > 1;
  return again(state, item, { stage: isOverdue ? 'take' : stage }, `control is ${owner}`, now);
}

/** Tries once more, or gives up at the limit. */
function again(
  state: ThreadState,
  item: ControlItem,
  next: { readonly stage: ControlStage; readonly nextAttemptAt?: number },
  why: string,
  now: number,
): ThreadState {
  const tries = item.tries + 1;
  if (tries > (messengerOf(state)?.tries ?? 0)) return controlFailed(state, item, 'Deadline', now);
  const noted =
    tries > 1 ? note(state, now, { code: 'controlRetried', stage: next.stage, why }) : state;
  return change(noted, item, { ...next, tries });
}

/** Gives up: control stays where it is, and phase and category are set accordingly. */
export function controlFailed(
  state: ThreadState,
  item: ControlItem,
  code: string,
  now: number,
): ThreadState {
  const next = removeItem(state, item.key);
  if (item.to === 'bot' && next.ownership.phase === 'bot') {
    const why = `the platform kept thread control: ${code}`;
    return raiseAttention(leaveToHumans(next, why, now), now, 'controlNotMoved');
  }
  const isPromise =
    next.ownership.phase === 'handover' && next.ownership.reason !== 'categoryChanged';
  if (item.to === 'agent' && isPromise) return handoverRefused(next, code, now);
  return item.to === 'nobody' ? next : raiseAttention(next, now, 'controlNotMoved');
}

export function pass(state: ThreadState, to: { readonly appId?: string }): ThreadState {
  return enqueue(state, { ...controlStep(state, 'agent', 'pass'), ...to });
}

function stepOf(
  { outbox: { items } }: ThreadState,
  key: string | undefined,
): ControlItem | undefined {
  const found = items.find((one) => one.key === key);
  return found?.do === 'control' ? found : undefined;
}

/** Changes the item; ends its wait unless the change sets a new one. */
export function change(
  state: ThreadState,
  step: ControlItem,
  to: Partial<Pick<ControlItem, 'stage' | 'tries' | 'nextAttemptAt' | 'appId'>>,
): ThreadState {
  const { do: what, key, epoch, to: side, stage, tries, appId } = step;
  const kept = {
    do: what,
    key,
    epoch,
    to: side,
    stage,
    tries,
    ...(appId !== undefined && { appId }),
  };
  const next: ControlItem = { ...kept, ...to };
  return withOutbox(state, {
    items: state.outbox.items.map((one) => (one.key === step.key ? next : one)),
  });
}
