/**
 * The message contract of the emergency: every name by which the outside reaches it, and what it asks
 * of its activities. Changing a name or a shape here is a change to running workflows.
 */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CommandInput } from './index.js';
import type { DeclareInput, EmergencyState, EndInput, ThreadSearch, Way } from '../emergency/state.js';
import type { Found, MoveAnswer } from '../emergency/scan.js';
import type { EmergencyView } from '../emergency/view.js';

export type { DeclareInput, EndInput, Scope, ThreadSearch, Way } from '../emergency/state.js';
export type { Found, MoveAnswer } from '../emergency/scan.js';
export type { EmergencyView } from '../emergency/view.js';

/** The emergency: its workflow type, and its one id, for a namespace serves one account. */
export const emergencyWorkflow = 'emergency';
export const emergencyWorkflowId = 'emergency:account';

/** `carried` is set by continue-as-new only. */
export type EmergencyInput = { readonly carried?: EmergencyState };
/** What is in force and how far it is; read by workers before they speak. */
export type EmergencyMemo = { readonly emergencies: readonly EmergencyView[] };

/** Both answer with the newest emergency of that scope; done already, they change nothing. */
export const declareEmergency = defineUpdate<EmergencyView | undefined, [DeclareInput]>(
  'declareEmergency',
);
export const endEmergency = defineUpdate<EmergencyView | undefined, [EndInput]>('endEmergency');
export const describeEmergency = defineQuery<readonly EmergencyView[]>('describeEmergency');

/** What an emergency works with. Both may be repeated: the same question gets the same answer. */
export type EmergencyActivities = {
  findThreads(input: FindThreadsInput): Promise<Found & { readonly waiting: number }>;
  /** Answers for as many of them, from the first, as its pace allowed in some seconds. */
  moveThreads(input: MoveThreadsInput): Promise<readonly MoveAnswer[]>;
};
/** Those to be moved, and those that wait for a human because of it. */
export type FindThreadsInput = {
  readonly way: Way;
  readonly search: ThreadSearch;
  readonly waiting: ThreadSearch;
};
export type MoveThreadsInput = CommandInput & {
  readonly way: Way;
  readonly asked: readonly { readonly workflowId: string; readonly updateId: string }[];
};
