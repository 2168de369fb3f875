/**
 * Access to the directory: refresh it, show it, and look up who may answer. Every call has a deadline,
 * because customers wait behind most of them.
 */
import { WithStartWorkflowOperation, type Client } from '@temporalio/client';
import {
  askForDirectory,
  describeSource,
  directoryWorkflow,
  directoryWorkflowId,
  mayAnswer,
  refreshDirectory,
  taskQueues,
  type DirectoryMemo,
  type DirectoryView,
  type RefreshInput,
  type SourceFact,
  type WhoMayAnswer,
} from '../workflows/contract/index.js';
import { unlessThere } from './unless-there.js';

const deadline = 4_000;
const summary = 'Agent directory';

const options = {
  workflowId: directoryWorkflowId,
  taskQueue: taskQueues.threads,
  staticSummary: summary,
};

/** Used by activities. `undefined`: the directory has not been read yet. */
export type DirectoryPort = {
  source(sourceId: string): Promise<SourceFact | undefined>;
  mayAnswer(question: WhoMayAnswer): Promise<readonly string[] | undefined>;
  /** Persisted when it returns; needs no worker. Idempotent. */
  ask(wanted: RefreshInput): Promise<void>;
};

export function createDirectoryPort({ workflow, connection }: Client): DirectoryPort {
  const handle = () => workflow.getHandle(directoryWorkflowId);
  const inTime = <T>(call: () => Promise<T>) =>
    connection.withDeadline(Date.now() + deadline, call).catch(unlessThere);
  return {
    source: (sourceId) => inTime(() => handle().query(describeSource, sourceId)),
    mayAnswer: (question) => inTime(() => handle().query(mayAnswer, question)),
    async ask(wanted) {
      await connection.withDeadline(Date.now() + deadline, () =>
        workflow.signalWithStart(directoryWorkflow, {
          ...options,
          args: [{}],
          signal: askForDirectory,
          signalArgs: [wanted],
        }),
      );
    },
  };
}

/** Requests a refresh now, and returns what is known so far. */
export async function refreshIn(
  { workflow }: Client,
  wanted: RefreshInput,
): Promise<DirectoryView> {
  return workflow.executeUpdateWithStart(refreshDirectory, {
    args: [wanted],
    startWorkflowOperation: new WithStartWorkflowOperation(directoryWorkflow, {
      ...options,
      workflowIdConflictPolicy: 'USE_EXISTING',
      args: [{}],
    }),
  });
}

/** The directory from its memo, which needs no worker; `undefined` when it has never been requested. */
export async function directoryIn({ workflow }: Client): Promise<DirectoryView | undefined> {
  const described = await workflow.getHandle(directoryWorkflowId).describe().catch(unlessThere);
  return (described?.memo as Partial<DirectoryMemo> | undefined)?.directory;
}
