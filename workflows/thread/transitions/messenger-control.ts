/**
 * Messenger's thread control: of the apps on a Facebook page, one at a time has a customer's thread,
 * and only that one may write. This file keeps what a thread knows about it and decides when it must
 * change; the steps are in `messenger-driver.ts`. Sources with another driver do not use it.
 */
import type { Content } from '../../contract/engage-event.js';
import { enqueue } from '../state/outbox-operations.js';
import type { MessengerDriver } from '../../contract/source-settings.js';
import type { ThreadState } from '../state/state.js';
import type { Control, ControlStage } from '../state/messenger-control.js';
import type { OutboxItem, ReplyItem, Sent } from '../state/outbox-item.js';
import { withOutbox } from '../state/outbox.js';
import { withRouting } from '../state/routing.js';

export type ControlItem = Extract<OutboxItem, { do: 'control' }>;

export function messengerOf({ settings }: ThreadState): MessengerDriver | undefined {
  return settings.driver?.by === 'messenger' ? settings.driver : undefined;
}

export function controlOf({ routing: { messengerControl: control } }: ThreadState): Control {
  return control ?? { owner: 'unknown', receivedAt: 0 };
}

export function withControl(state: ThreadState, change: Partial<Control>): ThreadState {
  return withRouting(state, { messengerControl: { ...controlOf(state), ...change } });
}

/** Stores the author's identity: Facebook knows the customer by another id than Engage. */
export function meetAuthor(state: ThreadState, { authorId }: Content): ThreadState {
  const isSame = authorId === undefined || controlOf(state).identityId === authorId;
  if (!messengerOf(state) || isSame) return state;
  const { owner, receivedAt } = controlOf(state);
  return withRouting(state, { messengerControl: { owner, receivedAt, identityId: authorId } });
}

/** Engage releases a thread when its intervention ends, and Facebook does not report a release. */
export function forgetOwner(state: ThreadState): ThreadState {
  return messengerOf(state) ? withControl(state, { owner: 'unknown' }) : state;
}

/** Enqueues the change of control that belongs to a change of category. */
export function enqueueControl(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  if (!messengerOf(state) || state.ownership.phase === 'closed') return state;
  const { owner } = controlOf(state);
  if (to === 'bot')
    return owner === 'bot' || state.ownership.phase !== 'bot' ? state : add(state, to, 'look');
  if (owner === 'platform') return state;
  // A human who has the thread already need not be asked.
  const isOurs =
    state.ownership.phase === 'handover' && state.ownership.reason !== 'categoryChanged';
  return add(state, to, isOurs ? 'ask' : 'look');
}

function add(state: ThreadState, to: 'bot' | 'agent', stage: ControlStage): ThreadState {
  const step = controlStep(state, to, stage);
  return state.outbox.items.some(({ key }) => key === step.key) ? state : enqueue(state, step);
}

export function controlStep(
  { ownership: { epoch } }: ThreadState,
  to: ControlItem['to'],
  stage: ControlStage,
): ControlItem {
  return { do: 'control', key: `${epoch}/control-${to}`, epoch, to, stage, tries: 0 };
}

/**
 * Releases control when the bot closes, so that other apps can be written to; not if ours is the
 * primary app.
 */
export function enqueueRelease(state: ThreadState): ThreadState {
  const driver = messengerOf(state);
  const isOurs = state.ownership.phase === 'closed' && controlOf(state).owner === 'bot';
  if (!driver || driver.primary === 'bot' || !isOurs) return state;
  return enqueue(state, controlStep(state, 'nobody', 'release'));
}

/** True if control must be taken first, because the bot posts in its own app's name. */
export function needsControl(state: ThreadState, reply: ReplyItem): boolean {
  if (!messengerOf(state) || reply.speaksAs !== 'bot') return false;
  const { owner, customerId } = controlOf(state);
  return owner !== 'bot' || customerId === undefined;
}

/** Replies after a handover are posted by Engage, which delivers them once it has control. */
export function exportedBy(state: ThreadState, reply: ReplyItem): Pick<Sent, 'isByPlatform'> {
  return messengerOf(state) && reply.speaksAs === 'afterHandover' ? { isByPlatform: true } : {};
}

/**
 * True if Engage has replies of ours that it has not delivered: it then requests control to deliver
 * them.
 */
export function bringsOurs({ outbox: { sent } }: ThreadState): boolean {
  return sent.some(({ isByPlatform, delivery }) => isByPlatform && delivery === 'accepted');
}

/** Puts taking control before the reply. */
export function controlBefore(state: ThreadState): ThreadState {
  return withOutbox(state, { items: [controlStep(state, 'bot', 'look'), ...state.outbox.items] });
}
