/**
 * How a thread is handed to humans and returned, by the source's driver. All drivers use the same
 * outbox items; the differences are defined here and added to the input of the activity:
 *
 *   categories    the thread's categories are set; nothing is added
 *   virtualAgent  the platform's calls for virtual agents: engage, hand over, complete
 *   messenger     the categories, and Facebook's thread control (`transitions/messenger-driver.ts`);
 *                 the bot posts in its own app's name
 */
import { controlOf, messengerOf } from '../transitions/messenger-control.js';
import type { ThreadState } from '../state/state.js';
import type { PostReplyInput, RecategoriseInput } from '../../contract/work.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';

export function asVirtualAgent({ settings }: ThreadState): { readonly asVirtualAgent?: true } {
  return settings.driver?.by === 'virtualAgent' ? { asVirtualAgent: true } : {};
}

/** Uses the virtual agent's call for a handover or its return; all other changes only set categories. */
export function recategorisedBy(
  { settings, ownership: { phase }, human: { intervention } }: ThreadState,
  { to, categoryId }: Extract<OutboxItem, { do: 'recategorise' }>,
): Pick<RecategoriseInput, 'asVirtualAgent'> {
  const { driver } = settings;
  const isHandover = phase === (to === 'agent' ? 'handover' : 'bot') && categoryId === undefined;
  if (driver?.by !== 'virtualAgent' || !isHandover) return {};
  return {
    asVirtualAgent: {
      from: to === 'agent' ? 'bot' : 'agent',
      to,
      ...(intervention?.isOpen && { interventionId: intervention.id }),
      ...(driver.trigger !== undefined && to === 'agent' && { trigger: driver.trigger }),
    },
  };
}

/** The bot's replies are posted by our own app; replies after a handover are posted by Engage. */
export function voiceOnMessenger(
  state: ThreadState,
  reply: ReplyItem,
): Pick<PostReplyInput, 'messenger'> {
  const driver = messengerOf(state);
  const { customerId } = controlOf(state);
  if (!driver || customerId === undefined || reply.speaksAs !== 'bot') return {};
  const { pageId, appId } = driver;
  return { messenger: { pageId, appId, customerId } };
}
