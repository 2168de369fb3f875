/**
 * Opens an intervention in the bot's name. Repeatable: if one is open already, by an attempt whose
 * answer was lost or by another user, that one is the outcome, with its owner.
 */
import { NotAuthorised, Unprocessable } from '../engage/errors.js';
import type { OpenInterventionOutcome, WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import type { Attempt } from './given-up.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';

export const createOpenIntervention = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['openIntervention'] =>
  async function openIntervention({ threadId, contentId, asVirtualAgent }) {
    const open = async ({ mustBeWanted }: Attempt): Promise<OpenInterventionOutcome> => {
      mustBeWanted();
      try {
        const opened = asVirtualAgent
          ? await engage.engageAsBot(contentId)
          : await engage.openIntervention(contentId);
        const { id, user_id: ownerId } = opened;
        return { is: 'opened', interventionId: id, ...(ownerId !== undefined && { ownerId }) };
      } catch (error) {
        if (!(error instanceof Unprocessable || error instanceof NotAuthorised)) throw error;
        const [there] = await engage.listActiveInterventions(threadId);
        if (!there) return { is: 'refused', code: error.name };
        const owner = there.user_id === undefined ? {} : { ownerId: there.user_id };
        return { is: 'alreadyOpen', interventionId: there.id, ...owner };
      }
    };
    return repeatable(() => inOneTurn(engage, 2, open));
  };
