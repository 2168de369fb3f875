/**
 * What a reconciling run is told, asks of its activities, and reports. Plain data, small: ids, times and
 * counts, never what anybody said. Times are Unix milliseconds of the platform's clock.
 */

/** From the settings, through the schedule. */
export type ReconcileInput = {
  readonly sourceIds: readonly string[];
  readonly botUserId: string;
  /** Calls to the platform in one run. */
  readonly calls: number;
  /** Milliseconds between two calls. */
  readonly pace: number;
  readonly overlap: number;
  readonly grace: number;
  readonly lookBack: number;
  /** How long one call may take. */
  readonly callTimeout: number;
  readonly domainId?: string;
  readonly webhook: { readonly url?: string; readonly healthyStatuses: readonly string[] };
};

/** How far a list has been read, where in the list that is, and where an overlap before it begins. */
export type Mark = {
  readonly at: number;
  readonly offset: number;
  readonly overlapOffset: number;
};
/** `sources`: by source id. */
export type Marks = { readonly journal: Mark; readonly sources: Readonly<Record<string, Mark>> };

/** A webhook of the account, as the platform shows it. */
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
  /** As webhooks name the account; threads are known by it. */
  readonly domainId: string | undefined;
};

/** The platform did not answer as it should: what it was, and when to ask again. */
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
  /** Threads that no longer keep the others waiting. */
  readonly givenUp: readonly string[];
};

export type LookedAt = { readonly contents: number; readonly events: number };
/** `contents` and `facts` are what no webhook had brought: what was said, and all the rest. */
export type BackfilledThreads = {
  readonly threadIds: readonly string[];
  readonly contents: number;
  readonly facts: number;
};
export type Tally = { readonly lookedAt: LookedAt; readonly backfilled: BackfilledThreads };

export type ScanOutcome = Tally & {
  readonly calls: number;
  readonly marks: Marks;
  /** All lists have been read to their end. */
  readonly isComplete: boolean;
  readonly isJournalReadable: boolean;
  /** Since when an intervention may have ended without our knowing which. */
  readonly doubtsSince: number | undefined;
  /** Threads that did not take their facts. */
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

/** On the engage queue. Each says how many calls to the platform it made. */
export type ReconcileActivities = {
  /** One call. Webhooks, the platform's time, and who we are to it. */
  surveyAccount(input: { readonly domainId?: string }): Promise<AccountSurvey | Trouble>;
  /** Read on from the marks, and hand over to threads what was found. */
  scan(input: ScanInput): Promise<ScanOutcome>;
  /** Look at the interventions themselves, where the journal did not say enough. */
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
  /** All that happened before this has been looked at; ISO 8601. */
  readonly completeUntil: string | undefined;
  /** False: the next run continues where this one stopped. */
  readonly isComplete: boolean;
  readonly webhook: 'healthy' | 'unhealthy' | 'unreadable' | 'unknown';
  readonly journal: 'readable' | 'unreadable';
  /** What a person should look at, in plain words: `BatonAttention`. */
  readonly findings: readonly string[];
  readonly unreached: readonly string[];
  /** What ended the run early. */
  readonly trouble?: string;
  readonly next: ReconcileMemory;
};

/** What one run hands to the next. */
export type ReconcileMemory = {
  readonly marks?: Marks;
  readonly domainId?: string;
  readonly doubtsSince?: number;
  /** How many runs in a row each of these threads could not be reached. */
  readonly unreached: Readonly<Record<string, number>>;
};

/** The schedule that looks for what webhooks never brought, and the workflow it runs. */
export const reconcileSchedule = 'reconcile';
export const reconcileWorkflow = 'reconcile';
