/**
 * The message contract of the emergency workflow: its names, inputs, views and activities. Changing a
 * name or a shape here affects running workflows.
 */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CommandInput } from './commands.js';
/** Workflow type and the single workflow id: a namespace serves one account. */
export const emergencyWorkflow = 'emergency';
export const emergencyWorkflowId = 'emergency:account';

/** `carried` is set by continue-as-new only; the workflow defines its shape. */
export type EmergencyInput = { readonly carried?: unknown };
/** The emergencies in force and their progress. Workers read it before the bot speaks. */
export type EmergencyMemo = { readonly emergencies: readonly EmergencyView[] };

/** Both return the newest emergency of the scope. Idempotent: repeating one changes nothing. */
export const declareEmergency = defineUpdate<EmergencyView | undefined, [DeclareInput]>(
  'declareEmergency',
);
export const endEmergency = defineUpdate<EmergencyView | undefined, [EndInput]>('endEmergency');
export const describeEmergency = defineQuery<readonly EmergencyView[]>('describeEmergency');

/** The activities of an emergency. Both may be repeated: the same question gets the same answer. */
export type EmergencyActivities = {
  findThreads(input: FindThreadsInput): Promise<Found & { readonly waiting: number }>;
  /** Moves threads from the start of the list until about 8 s have passed, and returns their answers. */
  moveThreads(input: MoveThreadsInput): Promise<readonly MoveAnswer[]>;
};
/** Searches for the threads to move, and for those that wait for a human because of the emergency. */
export type FindThreadsInput = {
  readonly way: Way;
  readonly search: ThreadSearch;
  readonly waiting: ThreadSearch;
};
export type MoveThreadsInput = CommandInput & {
  readonly way: Way;
  readonly asked: readonly { readonly workflowId: string; readonly updateId: string }[];
};

export type Scope = { readonly all: true } | { readonly source: string } | { readonly bot: string };

/** `toHumans` while the emergency is in force; `back` after it has ended. */
export type Way = 'toHumans' | 'back';

export type DeclareInput = {
  readonly scope: Scope;
  readonly sources?: readonly string[];
  readonly by: string;
  readonly why: string;
};

export type EndInput = Omit<DeclareInput, 'sources'>;

/** Selects running threads by search attributes. No `sources`: all sources. */
export type ThreadSearch = {
  readonly phase: 'bot' | 'handover' | 'agent';
  readonly reason?: 'emergency';
  readonly sources?: readonly string[];
  readonly except?: readonly string[];
};

export type FailedThread = { readonly workflowId: string; readonly code: string };

export type Found = {
  readonly workflowIds: readonly string[];
  readonly total: number;
  /** Threads that reached the target of the scan without being asked; a bounded list. */
  readonly there: readonly string[];
};

/**
 * `moved`: the thread is where it should be, even if it went by itself. `unreached`: may be asked
 * again.
 */
export type MoveAnswer = { readonly workflowId: string } & (
  | { readonly is: 'moved' | 'left' }
  | { readonly is: 'refused' | 'unreached'; readonly code: string }
);

/** An act with `at` in ISO 8601. */
export type SeenAct = Omit<Act, 'at'> & { readonly at: string };

/** `found` is the sum of `moved`, `left`, `failed` and `remaining`. */
export type Progress = {
  readonly found: number;
  readonly moved: number;
  /** No longer with the bot (or no longer waiting) when they were asked. */
  readonly left: number;
  readonly failed: number;
  readonly remaining: number;
  readonly isDone: boolean;
  readonly failedThreads: readonly FailedThread[];
};

export type EmergencyView = {
  readonly scope: Scope;
  readonly sources?: readonly string[];
  readonly isInForce: boolean;
  readonly declared: SeenAct;
  readonly ended?: SeenAct;
  readonly toHumans: Progress;
  readonly back?: Progress;
  /**
   * Threads waiting for a human because of this emergency, as of the last search; new threads
   * included.
   */
  readonly waiting: number;
};

/** Operator, reason and time (Unix milliseconds) of a declaration or an end. */
export type Act = { readonly by: string; readonly why: string; readonly at: number };
