/**
 * The message contract of the directory: what it is told, asks of its activities, and answers. Plain
 * data; of people only ids and what they may do, no names. Times are Unix milliseconds.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Trouble } from './reconcile.js';

/** From the settings: what the directory is to know, and how much of the account's minute it may take. */
export type DirectoryPlan = {
  /** The sources, categories and teams that matter, each in this order (`people.ts`). */
  readonly sourceIds: readonly string[];
  readonly categoryIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly botUserId: string;
  /** Milliseconds between two calls. */
  readonly pace: number;
  /** How long one call may take. */
  readonly callTimeout: number;
  /** Calls in one portion: what is read again when a worker dies. */
  readonly portion: number;
};

/** Ids with spaces between, by what they may do. */
export type People = Readonly<Record<string, string>>;

export type SourceFact = {
  readonly id: string;
  readonly channelId: string | undefined;
  readonly isRealtime: boolean;
};

/** The platform did not answer as it should; `isPassing`: asking again later may help. */
export type DirectoryTrouble = Trouble & { readonly isPassing: boolean };

export type AccountFacts = {
  readonly sources: readonly SourceFact[];
  /** Roles whose people are given no work; those that cannot be read are not among them. */
  readonly idleRoleIds: readonly string[];
  readonly calls: number;
};

export type PeopleInput = DirectoryPlan & {
  readonly idleRoleIds: readonly string[];
  /** Where in the list of all users to read on. */
  readonly offset: number;
};

export type PeoplePortion = {
  readonly people: People;
  readonly offset: number;
  readonly isComplete: boolean;
  readonly calls: number;
  readonly trouble?: DirectoryTrouble;
};

/** On the engage queue. All only read, and say how many calls to the platform they made. */
export type DirectoryActivities = {
  readAccountFacts(
    plan: DirectoryPlan,
  ): Promise<AccountFacts | { readonly calls: number; readonly trouble: DirectoryTrouble }>;
  /** As many people, from the first, as a portion of calls allows. */
  readPeople(input: PeopleInput): Promise<PeoplePortion>;
};

/** On the threads queue: no platform is needed to ask. */
export type AskDirectoryActivities = { askDirectory(plan: DirectoryPlan): Promise<void> };

/** All that was read in one go. */
export type Directory = {
  /** What it was made for: the order of its bits. */
  readonly plan: DirectoryPlan;
  readonly sources: readonly SourceFact[];
  readonly people: People;
  readonly completedAt: number;
  readonly calls: number;
};

export type RefreshInput = {
  /** Who asks: an operator's name, `schedule` or `worker`. */
  readonly by: string;
  readonly plan: DirectoryPlan;
  /** Only when nothing has been read for this plan yet. */
  readonly isIfNeeded?: true;
};

/** Which of these agents may answer there? No teams: whatever team they are in. */
export type WhoMayAnswer = {
  readonly sourceId: string;
  readonly categoryId: string;
  readonly teamIds: readonly string[];
  readonly agentIds: readonly string[];
};

/** What everybody may see of it: counts and times, nobody's id. Times in ISO 8601. */
export type DirectoryView = {
  /** Absent: nothing has been read yet, and nobody knows who is there. */
  readonly lastGood?: {
    readonly completedAt: string;
    readonly people: number;
    readonly sources: number;
    readonly calls: number;
    /** Characters it takes. */
    readonly size: number;
  };
  readonly isRefreshing: boolean;
  /** Who asked for the refresh that runs, or ran last. */
  readonly askedBy?: string;
  /** The last refresh failed, and the last good directory is used. */
  readonly trouble?: { readonly code: string; readonly since: string };
  /** Calls to the platform in all, failed refreshes included. */
  readonly calls: number;
};

/** Who may answer where: its workflow type, and its one id, for a namespace serves one account. */
export const directoryWorkflow = 'directory';
export const directoryWorkflowId = 'directory:account';
/** The schedule that has it read again, and the short run that asks for it. */
export const directorySchedule = 'directory';
export const directoryRefreshWorkflow = 'directoryRefresh';

/** `carried` is set by continue-as-new only; its shape is the workflow's own. */
export type DirectoryInput = { readonly carried?: unknown };
/** Read by operators without a worker. */
export type DirectoryMemo = { readonly directory: DirectoryView };

export const askForDirectory = defineSignal<[RefreshInput]>('askForDirectory');
/** The same, for those who want to see what becomes of it. */
export const refreshDirectory = defineUpdate<DirectoryView, [RefreshInput]>('refreshDirectory');
export const describeDirectory = defineQuery<DirectoryView>('describeDirectory');
/** Both are undefined as long as nothing has been read. */
export const describeSource = defineQuery<SourceFact | undefined, [string]>('describeSource');
export const mayAnswer = defineQuery<readonly string[] | undefined, [WhoMayAnswer]>('mayAnswer');
