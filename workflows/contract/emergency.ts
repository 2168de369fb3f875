/**
 * The message contract of the emergency: every name by which the outside reaches it, and what it asks
 * of its activities. Changing a name or a shape here is a change to running workflows.
 */
import { defineQuery, defineUpdate } from '@temporalio/workflow';
import type { CommandInput } from './commands.js';
/** The emergency: its workflow type, and its one id, for a namespace serves one account. */
export const emergencyWorkflow = 'emergency';
export const emergencyWorkflowId = 'emergency:account';

/** `carried` is set by continue-as-new only; its shape is the workflow's own. */
export type EmergencyInput = { readonly carried?: unknown };
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

export type Scope = { readonly all: true } | { readonly source: string } | { readonly bot: string };

/** `toHumans` while it is in force; `back` once it has ended. */
export type Way = 'toHumans' | 'back';

export type DeclareInput = {
  readonly scope: Scope;
  readonly sources?: readonly string[];
  readonly by: string;
  readonly why: string;
};

export type EndInput = Omit<DeclareInput, 'sources'>;

/** Running threads by what searches can see of them. No sources: whatever the source. */
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
  /** Those that are where the scan leads already, or the first of them: gone by themselves. */
  readonly there: readonly string[];
};

/** `moved` is where it should be, also when it went by itself; `unreached` may be asked again. */
export type MoveAnswer = { readonly workflowId: string } & (
  | { readonly is: 'moved' | 'left' }
  | { readonly is: 'refused' | 'unreached'; readonly code: string }
);

/** `at` in ISO 8601. */
export type SeenAct = Omit<Act, 'at'> & { readonly at: string };

/** `found` is the sum of the others. */
export type Progress = {
  readonly found: number;
  readonly moved: number;
  /** Not the bot's any more (or not waiting any more) when their turn came. */
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
  /** Threads that waited for a human because of it, new ones included, at the last search. */
  readonly waiting: number;
};

/** Who did it, why, and when: Unix milliseconds. */
export type Act = { readonly by: string; readonly why: string; readonly at: number };
