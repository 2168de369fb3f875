/**
 * Continues to read the list of all users: one call per page, and one call for each user who could
 * take a thread, to find out what they may do on which source. Stops when the batch's calls are spent.
 * Repeatable: it only reads. After a failure, what has been read is kept.
 *
 * Users that have none of the categories, are disabled, have a role without tasks, or are the bot cost
 * no call.
 */
import { longestPage, type AccountCalls } from '../../engage/account.js';
import { NotFound } from '../../engage/errors.js';
import type { User } from '../../engage/people-resources.js';
import type {
  DirectoryActivities,
  People,
  PeopleInput,
  PeoplePortion,
} from '../../workflows/contract/directory.js';
import { addPerson } from '../../workflows/contract/agents.js';
import { Budget } from '../reconcile/budget.js';
import { directoryTrouble } from './trouble.js';

type Engage = Pick<AccountCalls, 'listUsers' | 'getSourcePermissions'>;

export const createReadPeople = ({
  engage,
}: {
  readonly engage: Engage;
}): DirectoryActivities['readPeople'] =>
  async function readPeople(input) {
    const budget = new Budget(input.portion, input.pace);
    const isSpent = () => !budget.isLeft;
    const read = begin(input);
    const portion = (): PeoplePortion => ({ ...read, calls: budget.spent });
    try {
      while (!isSpent() && !read.isComplete) {
        const page = { offset: read.offset, limit: longestPage };
        const { count, records } = await budget.spend(() => engage.listUsers(page));
        for (const user of records) {
          if (user && mayTakeThreads(user, input)) {
            if (isSpent()) return portion();
            const sourceIds = await budget.spend(() => mayReplyOn(engage, user.id));
            read.people = addPerson(read.people, input, user.id, rightsOf(user, sourceIds));
          }
          read.offset += 1;
        }
        read.isComplete = records.length === 0 || read.offset >= count;
      }
      return portion();
    } catch (error) {
      return { ...portion(), trouble: directoryTrouble(error) };
    }
  };

type Read = { people: People; offset: number; isComplete: boolean };

function begin({ offset }: PeopleInput): Read {
  return { people: {}, offset, isComplete: false };
}

function mayTakeThreads(user: User, { categoryIds, idleRoleIds, botUserId }: PeopleInput): boolean {
  if (user.enabled === false || user.id === botUserId) return false;
  if (user.role_id !== undefined && idleRoleIds.includes(user.role_id)) return false;
  return user.category_ids.some((id) => categoryIds.includes(id));
}

/** A user who was deleted after the page was read has no rights. */
async function mayReplyOn(engage: Engage, userId: string): Promise<readonly string[]> {
  try {
    const permissions = await engage.getSourcePermissions(userId);
    return Object.keys(permissions).filter((id) => permissions[id]?.includes('reply'));
  } catch (error) {
    if (error instanceof NotFound) return [];
    throw error;
  }
}

function rightsOf(
  { category_ids: categoryIds, team_ids: teamIds }: User,
  sourceIds: readonly string[],
) {
  return { sourceIds, categoryIds, teamIds };
}
