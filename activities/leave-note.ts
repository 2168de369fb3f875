import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { attemptBegins } from './given-up.js';
import { refusable } from './refusable.js';

/**
 * A comment on an intervention, for the humans. Repeatable: it looks for its own words first, so an
 * attempt whose answer was lost leaves one comment, not two. Both calls have one turn in the account's
 * budget, and an attempt that was given up leaves nothing: another is looking.
 */
export const createLeaveNote = ({ engage }: Pick<Ports, 'engage'>): WorkActivities['leaveNote'] =>
  async function leaveNote({ interventionId, body }) {
    const attempt = attemptBegins();
    const lookAndWrite = async () => {
      const comments = await engage.listComments(interventionId);
      const isThere = comments.some((comment) => comment.body?.trim() === body.trim());
      if (!isThere && !attempt.isGivenUp()) await engage.createComment({ interventionId, body });
    };
    const of = { calls: 2, within: attempt.mayWait };
    return refusable(() => engage.inOneTurn(of, lookAndWrite));
  };
