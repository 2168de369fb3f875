/** Waits until the ingress has accepted the platform's events. */
import type { Conversation } from './conversation.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

/** All that has happened in this thread so far, or in all of them; what is late is waited for. */
export async function untilAllReceived(
  { account }: Pick<World, 'account'>,
  of?: Conversation,
): Promise<void> {
  const waiting = () => {
    const events = account.deliveries.flatMap((delivery) => delivery.events);
    const isOf = (thread: unknown) => of === undefined || thread === of.thread;
    return events.filter(({ resource }) => isOf(resource.metadata['thread_id']));
  };
  await eventually(waiting).toEqual([]);
}
