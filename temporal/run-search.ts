/** Finds the workflow of a run, by a search. */
import { clientAt, type At } from './client.js';
import { quote } from './thread-search.js';

/** Milliseconds. */
const timeout = 5_000;

/** `undefined` for a run that the search does not know yet. @throws when Temporal does not answer in time */
export function createRunSearch(at: At): (runId: string) => Promise<string | undefined> {
  const client = clientAt(at);
  return (runId) =>
    client.withDeadline(Date.now() + timeout, async () => {
      const query = `RunId = ${quote(runId)}`;
      for await (const { workflowId } of client.workflow.list({ query, pageSize: 1 })) {
        return workflowId;
      }
      return undefined;
    });
}
