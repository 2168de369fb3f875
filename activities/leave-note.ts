import type { WorkActivities } from '../workflows/work.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

/**
 * A comment on an intervention, for the humans. Repeatable: it looks for its own words first, so an
 * attempt whose answer was lost leaves one comment, not two.
 */
export const createLeaveNote = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['leaveNote'] =>
  async function leaveNote({ interventionId, body }) {
    return refusable(async () => {
      const comments = await engage.listComments(interventionId);
      const isThere = comments.some((comment) => comment.body?.trim() === body.trim());
      if (!isThere) await engage.createComment({ interventionId, body });
    });
  };
