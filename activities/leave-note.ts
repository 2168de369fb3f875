/**
 * Adds a comment to an intervention, for the agents. Repeatable: it searches for the comment first, so
 * that an attempt whose answer was lost does not add a second one. Both calls are reserved together in
 * the rate limiter. An attempt that was given up adds nothing, because another one is running.
 */
import type { WorkActivities } from '../workflows/contract/work.js';
import type { Ports } from './ports.js';
import { attemptBegins } from './given-up.js';
import { refusable } from './refusable.js';

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
