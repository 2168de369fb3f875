/** Applies Facebook's events about thread control. */
import { type ThreadState, note } from '../state/state.js';
import type { ControlEvent } from '../../contract/engage-event.js';
import { messengerOf, controlOf, withControl, bringsOurs } from './messenger-control.js';
import { ownerOf, change, pass } from './messenger-driver.js';
import type { ControlOwner } from '../../contract/thread-control.js';
import { removeItem } from '../state/outbox-operations.js';
import { assignCategory, withAgents } from './categories.js';
import { changePhase } from './phase.js';
import type { MessengerDriver } from '../../contract/source-settings.js';

/** Facebook reports that an app requests control, or has it. */
export function handleControlEvent(
  state: ThreadState,
  event: ControlEvent,
  now: number,
): ThreadState {
  const driver = messengerOf(state);
  if (!driver || event.customerId !== controlOf(state).customerId) return state;
  if (event.type === 'messenger.requested') return requested(state, driver, event, now);
  if (event.issuedAt < controlOf(state).receivedAt) return state;
  const owner = ownerOf(driver, event.appId);
  const next = withControl(state, { owner, receivedAt: event.issuedAt });
  return moved(next, owner, now);
}

export function moved(state: ThreadState, owner: ControlOwner, now: number): ThreadState {
  const awaited = state.outbox.items.find((one) => one.do === 'control' && one.stage === 'await');
  const isThere = awaited?.do === 'control' && (awaited.to === 'bot') === (owner === 'bot');
  if (awaited && isThere) return removeItem(state, awaited.key);
  if (owner === 'bot' || state.ownership.phase !== 'bot' || bringsOurs(state)) return state;
  const why = 'thread control was taken on Messenger';
  return assignCategory(changePhase(state, 'categoryChanged', { why }, now), 'agent');
}

/** Every request is granted: without control a human cannot write. */
export function requested(
  state: ThreadState,
  driver: MessengerDriver,
  { appId }: ControlEvent,
  now: number,
): ThreadState {
  if (appId === driver.appId || appId === undefined) return state;
  const to = appId === driver.platformAppId ? {} : { appId };
  const giving = state.outbox.items.find((one) => one.do === 'control' && one.to === 'agent');
  if (giving?.do === 'control') return change(state, giving, { stage: 'pass', ...to });
  if (state.ownership.phase !== 'bot') return pass(state, to);
  // If a human wants control too, their content will show it.
  if (bringsOurs(state)) {
    return pass(note(state, now, { code: 'controlLent' }), to);
  }
  if (now < (controlOf(state).askedUntil ?? 0)) {
    return note(state, now, { code: 'controlRequestIgnored' });
  }
  const why = 'a human asked for the conversation on Messenger';
  return withAgents(pass(changePhase(state, 'categoryChanged', { why }, now), to));
}
