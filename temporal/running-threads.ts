/**
 * An emergency's access to running threads: searches find them, and an update asks each to move.
 *
 * An update with the same id returns the same answer, so that counts stay right after a restart. A thread
 * that has moved by itself, at its check before a reply, counts as moved.
 */
import {
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import {
  describeQuery,
  giveBack,
  moveToHumans,
  type Moved,
  type MoveAnswer,
  type ThreadCard,
  type ThreadSearch,
  type Way,
} from '../workflows/contract/index.js';
import { countThreads, threadQuery } from './thread-search.js';
import type { CommandInput } from '../workflows/contract/commands.js';

export type AskToMove = CommandInput & {
  readonly workflowId: string;
  readonly updateId: string;
  readonly way: Way;
};

export type RunningThreads = {
  find(search: ThreadSearch, limit: number): Promise<readonly string[]>;
  count(search: ThreadSearch): Promise<number>;
  /** Never throws: an error is an answer, too. */
  ask(asked: AskToMove): Promise<MoveAnswer>;
};

/** Milliseconds; a thread answers only after the platform has moved it. */
const timeout = 10_000;
const pageSize = 1_000;

export function createRunningThreads({ workflow, connection }: Client): RunningThreads {
  return {
    async find(search, limit) {
      const query = threadQuery(search);
      const ids: string[] = [];
      if (query === undefined) return ids;
      for await (const { workflowId } of workflow.list({ query, pageSize })) {
        ids.push(workflowId);
        if (ids.length >= limit) break;
      }
      return ids;
    },
    count: (search) => countThreads(workflow, search),
    async ask({ workflowId, updateId, way, by, why }) {
      const handle = workflow.getHandle(workflowId);
      const args: [CommandInput] = [{ by, why }];
      const update = way === 'toHumans' ? moveToHumans : giveBack;
      try {
        const outcome = await connection.withDeadline(Date.now() + timeout, async () => {
          const moved = await handle.executeUpdate(update, { args, updateId });
          return outcomeOf(moved, way, handle);
        });
        return { workflowId, ...outcome };
      } catch (error) {
        return { workflowId, ...troubleOf(error) };
      }
    },
  };
}

type Outcome = Omit<Extract<MoveAnswer, { is: 'moved' | 'left' }>, 'workflowId'>;
type Trouble = Omit<Extract<MoveAnswer, { code: string }>, 'workflowId'>;

async function outcomeOf(
  { moved, assigned }: Moved,
  way: Way,
  handle: WorkflowHandle,
): Promise<Outcome | Trouble> {
  if (moved && assigned) return { is: 'moved' };
  const card = await handle.query(describeQuery);
  if (!isThere(card, way)) return { is: moved ? 'moved' : 'left' };
  return assigned ? { is: 'moved' } : { is: 'refused', code: 'notPlaced' };
}

/**
 * Whether the thread is already in the target state; it is then silent, or with the bot, whatever the
 * platform says.
 */
function isThere({ phase, reason }: ThreadCard, way: Way): boolean {
  return way === 'back' ? phase === 'bot' : phase === 'handover' && reason === 'emergency';
}

function troubleOf(error: unknown): Outcome | Trouble {
  if (error instanceof WorkflowNotFoundError) return { is: 'left' };
  const code = error instanceof Error ? error.name : 'Unknown';
  return { is: error instanceof WorkflowUpdateFailedError ? 'refused' : 'unreached', code };
}
