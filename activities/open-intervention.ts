/**
 * Opens an intervention in the bot's name. Repeatable: if one is open already, by an attempt whose
 * answer was lost or by another user, that one is the outcome, with its owner.
 */
import { NotAuthorised, Unprocessable } from '../engage/errors.js';
import type { WorkActivities } from '../workflows/contract/work.js';
import { repeatable } from './failure.js';
import type { Ports } from './ports.js';

export const createOpenIntervention = ({
  engage,
}: Pick<Ports, 'engage'>): WorkActivities['openIntervention'] =>
  async function openIntervention({ threadId, contentId, asVirtualAgent }) {
    return repeatable(async () => {
      try {
        const opened = asVirtualAgent
          ? await engage.engageAsBot(contentId)
          : await engage.openIntervention(contentId);
        const { id, user_id: ownerId } = opened;
        return { is: 'opened', interventionId: id, ...(ownerId !== undefined && { ownerId }) };
      } catch (error) {
        if (!(error instanceof Unprocessable || error instanceof NotAuthorised)) throw error;
        const [open] = await engage.listActiveInterventions(threadId);
        if (!open) return { is: 'refused', code: error.name };
        const owner = open.user_id === undefined ? {} : { ownerId: open.user_id };
        return { is: 'alreadyOpen', interventionId: open.id, ...owner };
      }
    });
  };
