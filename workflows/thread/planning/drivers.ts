/**
 * How a thread is given to humans and taken back, by the source's driver. All of them go by the same
 * owed steps; what differs is said here and becomes part of a work's input:
 *
 *   categories    the thread's categories are set; nothing is added
 *   virtualAgent  the platform's calls for virtual agents: engage, hand over, complete
 *   messenger     the categories, and besides them Facebook's thread control (`engage/messenger/`); the bot
 *                 speaks in its own app's name
 */
import { controlOf, messengerOf } from '../transitions/messenger-control.js';
import type { ThreadState } from '../state/state.js';
import type { PostReplyInput, RecategoriseInput } from '../../contract/work.js';
import type { OutboxItem, ReplyItem } from '../state/outbox-item.js';

export function asVirtualAgent({ settings }: ThreadState): { readonly asVirtualAgent?: true } {
  return settings.driver?.by === 'virtualAgent' ? { asVirtualAgent: true } : {};
}

/** Among humans, or after the end, categories are all there is to change. */
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

/** In whose name a reply is said: what comes after a handover, Engage says. */
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
