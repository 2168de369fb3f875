/** The cards of all threads, by the query that operators use. Time goes on while it is asked. */
import {
  describeQuery,
  threadWorkflowId,
  type ThreadCard,
} from '../../../workflows/contract/index.js';
import { domainId } from '../../../simulator/seed.js';
import type { World } from './world.js';

const within = 20_000;

/** By thread id. A thread without a running workflow, or whose query fails, has none. */
export async function cardsOf(world: World): Promise<ReadonlyMap<string, ThreadCard>> {
  const cards = new Map<string, ThreadCard>();
  const { operator, temporal, simulator } = world;
  for (const threadId of Object.keys(simulator.platform.state.threads)) {
    const workflowId = threadWorkflowId(domainId, threadId);
    if (!temporal.running(workflowId)) continue;
    operator.workflow
      .getHandle(workflowId)
      .query(describeQuery)
      .then(
        (card) => cards.set(threadId, card),
        () => undefined,
      );
  }
  await world.run(within);
  // In the order of the threads, whichever answered first.
  const ids = Object.keys(simulator.platform.state.threads);
  return new Map(ids.flatMap((id) => (cards.has(id) ? [[id, cards.get(id)!] as const] : [])));
}
