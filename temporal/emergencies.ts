/**
 * The operator API's access to emergencies: declare, end, list, and count threads beforehand.
 *
 * A declaration is in force when the call returns: the workflow has then published it in the memo that
 * workers check before each reply. Every call has a deadline, and rejects with `TemporalAway` after it.
 */
import {
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  type WorkflowClient,
} from '@temporalio/client';
import {
  declareEmergency,
  emergencyWorkflow,
  emergencyWorkflowId,
  endEmergency,
  taskQueues,
  type DeclareInput,
  type EmergencyView,
  type EndInput,
  type ThreadSearch,
} from '../workflows/contract/index.js';
import { readEmergencies } from './emergency-memo.js';
import { connectOperator } from './operator-connection.js';
import type { TemporalSettings } from './settings.js';
import { countThreads } from './thread-search.js';

export type Emergencies = {
  /** @throws TemporalAway */
  declare(input: DeclareInput): Promise<EmergencyView>;
  /** `undefined`: no emergency of this scope. @throws TemporalAway, EmergencyAbandoned */
  end(input: EndInput): Promise<EmergencyView | undefined>;
  /** Oldest first, recently ended ones included. @throws TemporalAway */
  list(): Promise<readonly EmergencyView[]>;
  /** How many threads a search finds now. @throws TemporalAway */
  count(search: ThreadSearch): Promise<number>;
  close(): Promise<void>;
};

/** Its workflow was terminated from outside while in force: workers still apply the emergency. */
export class EmergencyAbandoned extends Error {
  override readonly name = 'EmergencyAbandoned';
}

export function connectEmergencies(temporal: TemporalSettings): Emergencies {
  const isAnswer = (error: unknown) => error instanceof EmergencyAbandoned;
  const { connection, client, inTime } = connectOperator(temporal, 'the emergency', isAnswer);
  const { workflow } = client;
  return {
    declare: (input) => inTime(() => declareIn(workflow, input)),
    end: (input) => inTime(() => endIn(workflow, input)),
    list: () => inTime(() => readEmergencies(workflow)),
    count: (search) => inTime(() => countThreads(workflow, search)),
    close: () => connection.close(),
  };
}

/** In force when it returns. */
export async function declareIn(
  workflow: WorkflowClient,
  input: DeclareInput,
): Promise<EmergencyView> {
  const view = await workflow.executeUpdateWithStart(declareEmergency, {
    args: [input],
    startWorkflowOperation: new WithStartWorkflowOperation(emergencyWorkflow, {
      workflowId: emergencyWorkflowId,
      workflowIdConflictPolicy: 'USE_EXISTING',
      taskQueue: taskQueues.emergency,
      args: [{}],
      staticSummary: 'The bot is silenced while an emergency is in force',
    }),
  });
  if (!view) throw new Error('the declaration was not accepted');
  return view;
}

/** `undefined`: no emergency of this scope. @throws EmergencyAbandoned */
export async function endIn(
  workflow: WorkflowClient,
  input: EndInput,
): Promise<EmergencyView | undefined> {
  try {
    const handle = workflow.getHandle(emergencyWorkflowId);
    return await handle.executeUpdate(endEmergency, { args: [input] });
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
  const scope = JSON.stringify(input.scope);
  const view = (await readEmergencies(workflow)).findLast(
    (one) => JSON.stringify(one.scope) === scope,
  );
  if (view?.isInForce)
    throw new EmergencyAbandoned(
      'its workflow was terminated: declare the emergency again, then end it',
    );
  return view;
}
