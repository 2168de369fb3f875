/**
 * The message contract of a reconciler run: its input, activities and report. Plain data: ids, times
 * and counts, never customer text. Times are Unix milliseconds of the platform's clock.
 */

/** From the settings, through the schedule. */
export type ReconcileInput = {
  readonly sourceIds: readonly string[];
  readonly botUserId: string;
  /** Calls to the platform per run. */
  readonly calls: number;
  /** Milliseconds between two calls. */
  readonly pace: number;
  readonly overlap: number;
  readonly grace: number;
  readonly lookBack: number;
  /** Timeout of one call, in milliseconds. */
  readonly callTimeout: number;
  readonly domainId?: string;
  readonly webhook: { readonly url?: string; readonly healthyStatuses: readonly string[] };
};

/**
 * How far a list has been read: the time, its offset in the list, and the offset where the overlap
 * begins.
 */
export type Mark = {
  readonly at: number;
  readonly offset: number;
  readonly overlapOffset: number;
};
/** `sources`: by source id. */
export type Marks = { readonly journal: Mark; readonly sources: Readonly<Record<string, Mark>> };

/** A webhook of the account, as the platform reports it. */
export type SeenWebhook = {
  readonly isActive: boolean;
  readonly status: string | undefined;
  readonly url: string | undefined;
  readonly registeredEvents: readonly string[];
};

export type AccountSurvey = {
  /** The platform's time. */
  readonly at: number;
  readonly webhooks: readonly SeenWebhook[] | 'unreadable';
  /** The account's id in webhooks; part of every thread's workflow id. */
  readonly domainId: string | undefined;
};

/** A failed call to the platform: its error code, and the milliseconds to wait before the next. */
export type Trouble = { readonly code: string; readonly retryAfter: number };

export type ScanInput = {
  readonly domainId: string;
  readonly sourceIds: readonly string[];
  readonly botUserId: string;
  readonly marks: Marks;
  readonly until: number;
  readonly overlap: number;
  readonly calls: number;
  readonly pace: number;
  /** Threads whose failures no longer hold back the marks of the others. */
  readonly givenUp: readonly string[];
};

export type LookedAt = { readonly contents: number; readonly events: number };
/** Backfilled events: `contents` are messages, `facts` all others. */
export type BackfilledThreads = {
  readonly threadIds: readonly string[];
  readonly contents: number;
  readonly facts: number;
};
export type Tally = { readonly lookedAt: LookedAt; readonly backfilled: BackfilledThreads };

export type ScanOutcome = Tally & {
  readonly calls: number;
  readonly marks: Marks;
  /** True when all lists have been read to their end. */
  readonly isComplete: boolean;
  readonly isJournalReadable: boolean;
  /** Earliest time from which an intervention may have ended without our knowing which. */
  readonly doubtsSince: number | undefined;
  /** Threads that could not be reached with their events. */
  readonly unreached: readonly string[];
  readonly unreadable: number;
  readonly trouble?: Trouble;
};

export type SettleDoubtsInput = {
  readonly domainId: string;
  readonly sourceIds: readonly string[];
  readonly botUserId: string;
  readonly since: number;
  readonly calls: number;
  readonly pace: number;
};

export type DoubtsOutcome = Pick<Tally, 'backfilled'> & {
  readonly calls: number;
  readonly isSettled: boolean;
  readonly trouble?: Trouble;
};

/** For the `engage` task queue. Each returns the number of calls it made. */
export type ReconcileActivities = {
  /** Reads the webhooks, the platform's time and the account's id, in one call. */
  surveyAccount(input: { readonly domainId?: string }): Promise<AccountSurvey | Trouble>;
  /** Reads on from the marks and hands the events found to their threads. */
  scan(input: ScanInput): Promise<ScanOutcome>;
  /** Reads interventions directly, where the journal was not sufficient. */
  settleDoubts(input: SettleDoubtsInput): Promise<DoubtsOutcome>;
};

export type ReconcileReport = {
  readonly lookedAt: LookedAt;
  readonly backfilled: {
    readonly threads: number;
    readonly contents: number;
    readonly facts: number;
  };
  readonly calls: number;
  /** Everything before this time has been checked; ISO 8601. */
  readonly completeUntil: string | undefined;
  /** False: the next run continues where this one stopped. */
  readonly isComplete: boolean;
  readonly webhook: 'healthy' | 'unhealthy' | 'unreadable' | 'unknown';
  readonly journal: 'readable' | 'unreadable';
  /** Findings for a person in plain text; they raise `BatonAttention`. */
  readonly findings: readonly string[];
  readonly unreached: readonly string[];
  /** Threads whose run was ended and that are being rebuilt. */
  readonly rebuilt: number;
  /** Error code of the failure that ended the run early. */
  readonly trouble?: string;
  readonly next: ReconcileMemory;
};

/** State handed from one run to the next. */
export type ReconcileMemory = {
  readonly marks?: Marks;
  readonly domainId?: string;
  readonly doubtsSince?: number;
  /** Runs that were ended before this time have been found; Unix milliseconds of Temporal's clock. */
  readonly endedUntil?: number;
  /** For each unreached thread, the number of consecutive runs that could not reach it. */
  readonly unreached: Readonly<Record<string, number>>;
};

/** The schedule of the reconciler, and the workflow type it starts. */
export const reconcileSchedule = 'reconcile';
export const reconcileWorkflow = 'reconcile';
