/** Reads the emergencies and their progress from the workflow's memo, without a worker. */
import { WorkflowNotFoundError, type WorkflowClient } from '@temporalio/client';
import {
  emergencyWorkflowId,
  type EmergencyMemo,
  type EmergencyView,
} from '../workflows/contract/index.js';

/** Oldest first; empty if none was ever declared. */
export async function readEmergencies(workflow: WorkflowClient): Promise<readonly EmergencyView[]> {
  try {
    const { memo } = await workflow.getHandle(emergencyWorkflowId).describe();
    return (memo as Partial<EmergencyMemo> | undefined)?.emergencies ?? [];
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return [];
    throw error;
  }
}
