/**
 * The message contract of the directory workflow: its inputs, activities, queries and updates. Plain
 * data. Of people it holds only ids and rights, no names. Times are Unix milliseconds.
 */
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Trouble } from './reconcile.js';

/** From the settings: what the directory reads, and its share of the account's rate limit. */
export type DirectoryPlan = {
  /** The sources, categories and teams to read, each in this order (see `agents.ts`). */
  readonly sourceIds: readonly string[];
  readonly categoryIds: readonly string[];
  readonly teamIds: readonly string[];
  readonly botUserId: string;
  /** Milliseconds between two calls. */
  readonly pace: number;
  /** Timeout of one call, in milliseconds. */
  readonly callTimeout: number;
  /** Calls in one batch. If a worker dies, its batch is read again. */
  readonly portion: number;
};

/** User ids separated by spaces, by encoded rights (see `agents.ts`). */
export type People = Readonly<Record<string, string>>;

export type SourceFact = {
  readonly id: string;
  readonly channelId: string | undefined;
  readonly isRealtime: boolean;
};

/** A failed call to the platform. `isPassing`: a later attempt may succeed. */
export type DirectoryTrouble = Trouble & { readonly isPassing: boolean };

export type AccountFacts = {
  readonly sources: readonly SourceFact[];
  /** Roles whose users are given no work. Roles that cannot be read are not included. */
  readonly idleRoleIds: readonly string[];
  readonly calls: number;
};

export type PeopleInput = DirectoryPlan & {
  readonly idleRoleIds: readonly string[];
  /** Offset in the list of all users at which reading continues. */
  readonly offset: number;
};

export type PeoplePortion = {
  readonly people: People;
  readonly offset: number;
  readonly isComplete: boolean;
  readonly calls: number;
  readonly trouble?: DirectoryTrouble;
};

/** For the `engage` task queue. All of them only read, and return the number of calls they made. */
export type DirectoryActivities = {
  readAccountFacts(
    plan: DirectoryPlan,
  ): Promise<AccountFacts | { readonly calls: number; readonly trouble: DirectoryTrouble }>;
  /** Reads users from `offset` on until the batch's calls are spent. */
  readPeople(input: PeopleInput): Promise<PeoplePortion>;
};

/** For the `threads` task queue: the request itself calls no platform. */
export type AskDirectoryActivities = { askDirectory(plan: DirectoryPlan): Promise<void> };

/** The result of one complete refresh. */
export type Directory = {
  /** The plan it was read for; it defines the order of the bits in `people`. */
  readonly plan: DirectoryPlan;
  readonly sources: readonly SourceFact[];
  readonly people: People;
  readonly completedAt: number;
  readonly calls: number;
};

export type RefreshInput = {
  /** The requester: an operator's name, `schedule` or `worker`. */
  readonly by: string;
  readonly plan: DirectoryPlan;
  /** Refresh only if nothing has been read for this plan yet. */
  readonly isIfNeeded?: true;
};

/** Question: which of `agentIds` may answer there? An empty `teamIds` means any team. */
export type WhoMayAnswer = {
  readonly sourceId: string;
  readonly categoryId: string;
  readonly teamIds: readonly string[];
  readonly agentIds: readonly string[];
};

/** Public view of the directory: counts and times, no user ids. Times in ISO 8601. */
export type DirectoryView = {
  /** Absent until the first refresh has succeeded; until then agent availability is unknown. */
  readonly lastGood?: {
    readonly completedAt: string;
    readonly people: number;
    readonly sources: number;
    readonly calls: number;
    /** Size in characters. */
    readonly size: number;
  };
  readonly isRefreshing: boolean;
  /** The requester of the running or the last refresh. */
  readonly askedBy?: string;
  /** Set when the last refresh failed; the last good directory stays in use. */
  readonly trouble?: { readonly code: string; readonly since: string };
  /** Total of calls to the platform, failed refreshes included. */
  readonly calls: number;
};

/** Workflow type and the single workflow id: a namespace serves one account. */
export const directoryWorkflow = 'directory';
export const directoryWorkflowId = 'directory:account';
/** The schedule that requests a refresh, and the type of the short workflow it starts. */
export const directorySchedule = 'directory';
export const directoryRefreshWorkflow = 'directoryRefresh';

/** `carried` is set by continue-as-new only; the workflow defines its shape. */
export type DirectoryInput = { readonly carried?: unknown };
/** Operators read it without a worker. */
export type DirectoryMemo = { readonly directory: DirectoryView };

export const askForDirectory = defineSignal<[RefreshInput]>('askForDirectory');
/** Like `askForDirectory`, but returns the resulting view. */
export const refreshDirectory = defineUpdate<DirectoryView, [RefreshInput]>('refreshDirectory');
export const describeDirectory = defineQuery<DirectoryView>('describeDirectory');
/** Both return `undefined` until a refresh has succeeded. */
export const describeSource = defineQuery<SourceFact | undefined, [string]>('describeSource');
export const mayAnswer = defineQuery<readonly string[] | undefined, [WhoMayAnswer]>('mayAnswer');
