/** Until the platform has nothing more to tell: what happened is delivered, or lost where a fault says so. */
import type { Chore, State } from '../../simulator/state.js';
import { threadOf } from '../../simulator/webhooks/sender.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

/** Of this thread, the fate of replies in the channel included. */
export async function untilTold(
  { account }: Pick<World, 'account'>,
  thread: string,
): Promise<void> {
  const isOwed = ({ events }: State['deliveries'][number]) =>
    events.some((event) => threadOf(event) === thread);
  const isExport = (chore: Chore) =>
    chore.do === 'export' && account.contents[chore.content_id]?.thread_id === thread;
  const left = () =>
    account.deliveries.filter(isOwed).length + account.chores.filter(isExport).length;
  await eventually(left).toBe(0);
}
