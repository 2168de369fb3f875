/**
 * Reads the account's sources, each with its channel and whether it is realtime, and the roles that
 * are given no work. A few calls, one per page. Repeatable: it only reads.
 *
 * If the token may not read roles, no user is excluded because of a role.
 */
import { allRecords, type AccountCalls, type Records } from '../../engage/account.js';
import { NotAuthorised, NotFound } from '../../engage/errors.js';
import type { PagePlace } from '../../engage/lists.js';
import type { DirectoryActivities, DirectoryPlan } from '../../workflows/contract/directory.js';
import { Budget } from '../reconcile/budget.js';
import { directoryTrouble } from './trouble.js';

export const createReadAccountFacts = ({
  engage,
}: {
  readonly engage: Pick<AccountCalls, 'listSources' | 'listRoles'>;
}): DirectoryActivities['readAccountFacts'] =>
  async function readAccountFacts(plan: DirectoryPlan) {
    const budget = new Budget(Number.POSITIVE_INFINITY, plan.pace);
    const all = <R>(list: (page: PagePlace) => Promise<Records<R>>) =>
      allRecords((page) => budget.spend(() => list(page)));
    const ours = new Set(plan.sourceIds);
    try {
      const sources = await all((page) => engage.listSources(page));
      const roles = await all((page) => engage.listRoles(page)).catch(ifNotAllowed);
      return {
        sources: sources
          .filter(({ id }) => ours.has(id))
          .map(({ id, channel_id: channelId, live_chat: isLive }) => {
            return { id, channelId, isRealtime: isLive === true };
          }),
        idleRoleIds: roles.filter((role) => role.receive_tasks === false).map(({ id }) => id),
        calls: budget.spent,
      };
    } catch (error) {
      return { calls: budget.spent, trouble: directoryTrouble(error) };
    }
  };

function ifNotAllowed(error: unknown): readonly never[] {
  if (error instanceof NotAuthorised || error instanceof NotFound) return [];
  throw error;
}
