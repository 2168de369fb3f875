/**
 * Adds a comment to an intervention, for the agents. Repeatable: it searches for the comment first, so
 * that an attempt whose answer was lost does not add a second one. Both calls are reserved together in
 * the rate limiter. An attempt that was given up adds nothing, because another one is running.
 */
import type { WorkActivities } from '../workflows/contract/work.js';
import { inOneTurn } from './in-one-turn.js';
import type { Ports } from './ports.js';
import { refusable } from './refusable.js';

export const createLeaveNote = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['leaveNote'] =>
  async function leaveNote({ interventionId, body }) {
    const lookAndWrite = () =>
      inOneTurn(engage, 2, async ({ mustBeWanted }) => {
        const comments = await engage.listComments(interventionId);
        if (comments.some((comment) => comment.body?.trim() === body.trim())) return;
        mustBeWanted();
        await engage.createComment({ interventionId, body });
      });
    return refusable(lookAndWrite);
  };
