/**
 * Messenger's thread control: of the apps on a Facebook page one has a customer's thread at a time, and
 * only that one may write. Here is what a thread knows of it and when it must change hands; how it
 * does, step by step, is `rules.ts`. On sources with another driver none of this exists.
 */
import type { Content } from '../../contract/engage-event.js';
import { owe } from '../state/outbox-operations.js';
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
  return control ?? { owner: 'unknown', heardAt: 0 };
}

export function withControl(state: ThreadState, change: Partial<Control>): ThreadState {
  return withRouting(state, { messengerControl: { ...controlOf(state), ...change } });
}

/** Who it is that writes: Facebook knows them by another name than Engage. */
export function meetAuthor(state: ThreadState, { authorId }: Content): ThreadState {
  const isKnown = authorId === undefined || controlOf(state).identityId === authorId;
  if (!messengerOf(state) || isKnown) return state;
  const { owner, heardAt } = controlOf(state);
  return withRouting(state, { messengerControl: { owner, heardAt, identityId: authorId } });
}

/** Engage lets go of a thread when its intervention ends, and Facebook says so to nobody. */
export function forgetOwner(state: ThreadState): ThreadState {
  return messengerOf(state) ? withControl(state, { owner: 'unknown' }) : state;
}

/** Owe the change of hands that goes with a change of categories. */
export function oweControl(state: ThreadState, to: 'bot' | 'agent'): ThreadState {
  if (!messengerOf(state) || state.ownership.phase === 'closed') return state;
  const { owner } = controlOf(state);
  if (to === 'bot')
    return owner === 'bot' || state.ownership.phase !== 'bot' ? state : add(state, to, 'look');
  if (owner === 'platform') return state;
  // A human who has it already needs no asking for.
  const isOurs =
    state.ownership.phase === 'handover' && state.ownership.reason !== 'categoryChanged';
  return add(state, to, isOurs ? 'ask' : 'look');
}

function add(state: ThreadState, to: 'bot' | 'agent', stage: ControlStage): ThreadState {
  const step = controlStep(state, to, stage);
  return state.outbox.items.some(({ key }) => key === step.key) ? state : owe(state, step);
}

export function controlStep(
  { ownership: { epoch } }: ThreadState,
  to: ControlItem['to'],
  stage: ControlStage,
): ControlItem {
  return { do: 'control', key: `${epoch}/control-${to}`, epoch, to, stage, tries: 0 };
}

/** The bot has closed: the next to be written to may be another app, unless ours is the page's first. */
export function oweRelease(state: ThreadState): ThreadState {
  const driver = messengerOf(state);
  const isOurs = state.ownership.phase === 'closed' && controlOf(state).owner === 'bot';
  if (!driver || driver.primary === 'bot' || !isOurs) return state;
  return owe(state, controlStep(state, 'nobody', 'release'));
}

/** The bot speaks in its own app's name, which needs control. */
export function needsControl(state: ThreadState, reply: ReplyItem): boolean {
  if (!messengerOf(state) || reply.speaksAs !== 'bot') return false;
  const { owner, customerId } = controlOf(state);
  return owner !== 'bot' || customerId === undefined;
}

/** What comes after a handover Engage says, and brings to the customer when it has control. */
export function exportedBy(state: ThreadState, reply: ReplyItem): Pick<Sent, 'isByPlatform'> {
  return messengerOf(state) && reply.speaksAs === 'afterHandover' ? { isByPlatform: true } : {};
}

/** Words of ours that Engage has and the customer has not: it asks for control to bring them. */
export function bringsOurs({ outbox: { sent } }: ThreadState): boolean {
  return sent.some(({ isByPlatform, delivery }) => isByPlatform && delivery === 'accepted');
}

/** Take it first; the reply waits. */
export function controlBefore(state: ThreadState): ThreadState {
  return withOutbox(state, { items: [controlStep(state, 'bot', 'look'), ...state.outbox.items] });
}
