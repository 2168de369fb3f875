/**
 * Logs failed workflow tasks with their thread. The SDK names only the run, whose thread is searched for. A failed
 * task is tried again, ever less often; the SDK reports only the first attempt, and counts all of them
 * (`temporal/task-failure.ts`). `npx baton repair` lists such threads.
 */
import type { Log } from '../runtime/log.js';
import type { TaskFailure } from '../temporal/task-failure.js';
import { parseThreadWorkflowId } from '../workflows/contract/index.js';

/** Beyond them a failure is logged by its run. */
const mostSearches = 8;

export class TaskFailures {
  readonly #log: Log;
  /** Searches in progress: after a bad release every thread fails at once, and Temporal has other work. */
  #searching = 0;
  #find: (runId: string) => Promise<string | undefined> = () => Promise.resolve(undefined);

  constructor(log: Log) {
    this.#log = log;
  }

  /** @param find the workflow id of a run; without it failures are logged by the run only */
  searchBy(find: (runId: string) => Promise<string | undefined>): void {
    this.#find = find;
  }

  readonly add = (failure: TaskFailure): void => void this.#report(failure);

  async #report({ runId, cause }: TaskFailure): Promise<void> {
    const workflowId = this.#searching < mostSearches ? await this.#search(runId) : undefined;
    const { threadId } = parseThreadWorkflowId(workflowId ?? '') ?? {};
    this.#log.error({ threadId, workflowId, runId, cause }, 'workflow task failed');
  }

  async #search(runId: string): Promise<string | undefined> {
    this.#searching += 1;
    try {
      return await this.#find(runId);
    } catch {
      return undefined;
    } finally {
      this.#searching -= 1;
    }
  }
}
