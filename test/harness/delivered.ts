/** Waits until every event of the platform is delivered, or lost where a fault says so. */
import type { Chore, State } from '../../simulator/state.js';
import { getThreadId } from '../../simulator/webhooks/sender.js';
import { eventually } from './eventually.js';
import type { World } from './world.js';

/** Milliseconds: the longest that a fault or a batch holds a delivery back. */
const batchesAndDelays = 20_000;

/**
 * Of this thread, the fate of replies in the channel included. A delivery that was refused, as one may be on a
 * busy machine, is sent again after minutes: the platform's clock is moved there.
 */
export async function untilDelivered(
  { account, control }: Pick<World, 'account' | 'control'>,
  thread: string,
): Promise<void> {
  const isOfThread = ({ events }: State['deliveries'][number]) =>
    events.some((event) => getThreadId(event) === thread);
  const isExport = (chore: Chore) =>
    chore.do === 'export' && account.contents[chore.content_id]?.thread_id === thread;
  const left = async () => {
    const deliveries = account.deliveries.filter(isOfThread);
    const now = Date.now() + account.clock_offset;
    const soonest = Math.min(...deliveries.map(({ due }) => due)) - now;
    if (deliveries.length > 0 && soonest > batchesAndDelays) await control.advance(`${soonest}ms`);
    return deliveries.length + account.chores.filter(isExport).length;
  };
  await eventually(left).toBe(0);
}
