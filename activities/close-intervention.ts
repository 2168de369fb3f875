/**
 * Closes an intervention. Repeatable: a closed one stays closed.
 *
 * The platform closes an intervention with a reply and cancels one without. It answers 403 to the
 * wrong one of these calls, to a closed intervention and to missing rights alike; a read finds out
 * which it was. All calls share one reservation of the budget.
 */
import type { EngageClient } from '../engage/client.js';
import { NotAuthorised, NotFound, Unprocessable } from '../engage/errors.js';
import type { CloseInterventionOutcome, WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import type { Attempt } from './given-up.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';

export const createCloseIntervention = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['closeIntervention'] =>
  async function closeIntervention({ interventionId, asVirtualAgent }) {
    const complete = (id: string) =>
      asVirtualAgent ? engage.completeAsBot(id) : engage.closeIntervention(id);
    const close = (attempt: Attempt) => closeOrCancel(engage, interventionId, complete, attempt);
    return repeatable(() => inOneTurn(engage, mostCalls, close));
  };

/** Closing, reading why it was refused, and canceling. */
const mostCalls = 3;

async function closeOrCancel(
  engage: EngageClient,
  id: string,
  complete: (id: string) => Promise<unknown>,
  { mustBeWanted }: Attempt,
): Promise<CloseInterventionOutcome> {
  mustBeWanted();
  try {
    await complete(id);
    return { is: 'closed' };
  } catch (error) {
    if (error instanceof NotFound) return { is: 'alreadyClosed' };
    if (!(error instanceof NotAuthorised || error instanceof Unprocessable)) throw error;
  }
  const { closed } = await engage.getIntervention(id);
  if (closed) return { is: 'alreadyClosed' };
  mustBeWanted();
  try {
    await engage.cancelIntervention(id);
    return { is: 'canceled' };
  } catch (error) {
    if (error instanceof NotFound) return { is: 'alreadyClosed' };
    if (error instanceof NotAuthorised) return { is: 'refused', code: error.name };
    throw error;
  }
}
