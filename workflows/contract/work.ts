/**
 * Work: the one activity that a thread has in flight, as data. The core decides on it;
 * `thread/shell/activity-runner.ts` runs it and returns the outcome as an event to the core.
 *
 * Outcomes are closed lists of data: results that the platform documents are outcomes, not exceptions.
 */
import type { BotAnswer, BotTurn, Json, ToolCall } from '../../bots/bot.js';
import type { ContentEvent } from './engage-event.js';
import type { Traced } from './trace-context.js';
import type { StructuredMessage } from '../../bots/messages/structured.js';

export type Work = {
  readonly [D in keyof WorkInputs]: {
    readonly id: string;
    readonly do: D;
    readonly input: WorkInputs[D];
    /** Key of the outbox item it works on. */
    readonly itemKey?: string;
  };
}[keyof WorkInputs];

export type WorkInputs = {
  askBot: AskBotInput;
  callTool: CallToolInput;
  postReply: PostReplyInput;
  findReply: FindReplyInput;
  readThread: ThreadInput;
  readContents: ReadContentsInput;
  recategorise: RecategoriseInput;
  openIntervention: OpenInterventionInput;
  closeIntervention: CloseInterventionInput;
  checkAvailability: CheckAvailabilityInput;
  leaveNote: LeaveNoteInput;
  setFields: SetFieldsInput;
  lockThread: ThreadInput;
  findQueuePosition: FindQueuePositionInput;
  writeProfile: WriteProfileInput;
  meetCustomer: MeetCustomerInput;
  controlThread: ControlThreadInput;
};

/** The bot and source that would speak: the unit for which an emergency is declared. */
type Voice = Traced & { readonly sourceName: string; readonly botName: string };

export type AskBotInput = Voice & {
  readonly turn: BotTurn;
  /** The thread's own worker does not know the bot: any worker may ask it. */
  readonly anyWorker?: true;
};
export type CallToolInput = Voice & { readonly turnId: string; readonly call: ToolCall };
export type ThreadInput = { readonly threadId: string };
export type ReadContentsInput = ThreadInput & { readonly botUserId: string };

export type PostReplyInput = ThreadInput &
  Voice & {
    readonly inReplyToId: string;
    readonly body: string;
    readonly structured?: StructuredMessage;
    readonly attachmentIds?: readonly string[];
    readonly isPrivate: boolean;
    readonly botUserId: string;
    /** The category the thread must still have; absent for replies sent after a handover. */
    readonly botCategoryId?: string;
    /**
     * Expected number of contents in the thread; if it differs, the activity reads the newest
     * contents.
     */
    readonly expectedContents?: number;
    readonly ownContentIds: readonly string[];
    /** Contents that the thread has already handled. */
    readonly seenContentIds: readonly string[];
    /** By the platform's clock. An unknown content of a human since then suppresses the reply. */
    readonly lookSince: number;
    readonly automaticIdentityIds: readonly string[];
    /** Baton's own text about an emergency: the only one that may be posted during it. */
    readonly isEmergencyNotice?: true;
    /** Make all checks, and report `late` instead of posting. */
    readonly isLate?: true;
    /** Set when our own app sends the reply, on this page, to this customer. */
    readonly messenger?: {
      readonly pageId: string;
      readonly appId: string;
      readonly customerId: string;
    };
  };

export type FindReplyInput = Pick<
  PostReplyInput,
  | 'trace'
  | 'threadId'
  | 'inReplyToId'
  | 'body'
  | 'structured'
  | 'botUserId'
  | 'ownContentIds'
  | 'messenger'
>;

export type RecategoriseInput = ThreadInput & {
  readonly out: readonly string[];
  readonly in: string;
  /** Keep the thread with humans while the default categories of this source send threads to them. */
  readonly unlessSourceIsHumans?: string;
  /** Write the categories even if they are already right. */
  readonly isAgain?: true;
  /** Use the virtual agent's call, which performs a handover; categories alone do not. */
  readonly asVirtualAgent?: {
    readonly from: 'bot' | 'agent';
    readonly to: 'bot' | 'agent';
    readonly interventionId?: string;
    readonly trigger?: string;
  };
};
type AsWhom = { readonly asVirtualAgent?: true };
export type OpenInterventionInput = ThreadInput & AsWhom & { readonly contentId: string };
export type CloseInterventionInput = AsWhom & { readonly interventionId: string };

/**
 * Messenger: look up the customer's page-scoped id, and subscribe the thread to Facebook's events
 * about them.
 */
export type MeetCustomerInput = ThreadInput & {
  readonly domainId: string;
  readonly identityId: string;
  readonly pageId: string;
};
/** One step of Messenger's handover protocol: `ask` calls Engage, all others call Facebook. */
export type ControlThreadInput = { readonly customerId: string } & (
  | {
      readonly call: 'ask';
      readonly from: 'bot' | 'agent';
      readonly to: 'bot' | 'agent';
      readonly appId?: string;
    }
  | { readonly call: 'pass'; readonly pageId: string; readonly appId: string }
  | { readonly call: 'look' | 'take' | 'request' | 'release'; readonly pageId: string }
);
export type CheckAvailabilityInput = { readonly sourceId: string; readonly categoryId: string };
/** `since`: when this customer began to wait, in Unix milliseconds. */
export type FindQueuePositionInput = { readonly sourceName: string; readonly since: number };
export type WriteProfileInput = {
  readonly identityId: string;
  /** The open intervention; absent if there is none. */
  readonly interventionId?: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Custom fields that the business has assigned to some of the keys. */
  readonly named: Readonly<Record<string, string>>;
};
export type LeaveNoteInput = { readonly interventionId: string; readonly body: string };
export type SetFieldsInput = {
  readonly interventionId: string;
  readonly fields: Readonly<Record<string, string>>;
};

export type PostReplyOutcome =
  | {
      readonly is: 'posted';
      readonly contentId: string;
      readonly createdAt: number;
      readonly contentsBefore: number;
      /** Ids of the contents read, if the number of contents was not the expected one. */
      readonly looked?: readonly string[];
    }
  | {
      readonly is: 'humanSpoke';
      readonly contentId: string;
      readonly createdAt: number;
      /** The customer has not received it yet. */
      readonly waitsForApproval?: true;
    }
  | { readonly is: 'notOurs'; readonly categoryIds: readonly string[] }
  | { readonly is: 'threadLocked' }
  /** It could be posted now, and was not, because it is late. */
  | { readonly is: 'late' }
  /** Another app, or none, has thread control: nothing was sent. */
  | { readonly is: 'noControl' }
  /** The platform refuses every call of the bot's user: it was deactivated, or its token revoked. */
  | { readonly is: 'deactivated' }
  | { readonly is: 'needsIntervention' }
  | { readonly is: 'refused'; readonly code: string }
  /** Certainly not executed: may be sent again. */
  | { readonly is: 'notSent'; readonly code: string; readonly retryAfter: number }
  /** Possibly executed: search for it before sending again. */
  | { readonly is: 'ambiguous'; readonly code: string };

export type FindReplyOutcome =
  | { readonly is: 'found'; readonly contentId: string; readonly createdAt: number }
  | { readonly is: 'notFound' };

export type ReadThreadOutcome = {
  readonly categoryIds: readonly string[];
  readonly isLocked: boolean;
};
/** `events`: of the newest contents, oldest first; as many as fit into an outcome. */
export type ReadContentsOutcome = ReadThreadOutcome & { readonly events: readonly ContentEvent[] };
/** `isKept`: the thread was left with the humans. */
export type RecategoriseOutcome = {
  readonly categoryIds: readonly string[];
  readonly isKept?: true;
};
export type OpenInterventionOutcome =
  | {
      readonly is: 'opened' | 'alreadyOpen';
      readonly interventionId: string;
      readonly ownerId?: string;
    }
  | { readonly is: 'refused'; readonly code: string };
export type CloseInterventionOutcome =
  | { readonly is: 'closed' | 'canceled' | 'alreadyClosed' }
  | { readonly is: 'refused'; readonly code: string };

/** Agent availability now. If it was not asked or is unknown: open, with unknown agents. */
export type Availability = {
  readonly isOpen: boolean;
  /** Time of the next opening, formatted in the source's language. */
  readonly opens?: string;
  readonly agents: 'unknown' | 'available' | 'nobody';
};
/**
 * `ahead`: customers who have waited longer. `waits`: waiting times of the last customers taken, in
 * milliseconds.
 */
export type WaitingLine = { readonly ahead: number; readonly waits: readonly number[] };
/**
 * `written`: keys now on the platform; `refused`: keys it rejected. All other keys have no field
 * there.
 */
export type WriteProfileOutcome = {
  readonly written: readonly string[];
  readonly refused: readonly { readonly field: string; readonly code: string }[];
};

export type ToolOutcome = { readonly result: Json };

/** A step that the platform executed or refused. */
export type StepOutcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly code: string };

export type MeetCustomerOutcome = { readonly customerId: string };
/** `owner`: the app that has control; without `appId` none has. */
export type ControlThreadOutcome = StepOutcome | { readonly is: 'owner'; readonly appId?: string };

export type WorkOutcomes = {
  /** `later`: the bot will answer by a call of its own. */
  askBot: BotAnswer | 'later';
  callTool: ToolOutcome;
  postReply: PostReplyOutcome;
  findReply: FindReplyOutcome;
  readThread: ReadThreadOutcome;
  readContents: ReadContentsOutcome;
  recategorise: RecategoriseOutcome;
  openIntervention: OpenInterventionOutcome;
  closeIntervention: CloseInterventionOutcome;
  checkAvailability: Availability;
  leaveNote: StepOutcome;
  setFields: StepOutcome;
  lockThread: StepOutcome;
  findQueuePosition: WaitingLine;
  writeProfile: WriteProfileOutcome;
  meetCustomer: MeetCustomerOutcome;
  controlThread: ControlThreadOutcome;
};

/** Activities by the name of the work they do. `activities/` implements exactly these. */
export type WorkActivities = {
  readonly [D in keyof WorkInputs]: (input: WorkInputs[D]) => Promise<WorkOutcomes[D]>;
};

/** Type of the failure that ended a work. The closed list is in `engage/errors.ts`. */
export type Failure = { readonly failed: string };

/** End of a work, by an outcome or by a failure. */
export type WorkEnd = {
  readonly [D in keyof WorkInputs]: {
    readonly do: D;
    readonly work: WorkOf<D>;
    readonly outcome: WorkOutcomes[D] | Failure;
  };
}[keyof WorkInputs];

export type WorkOf<D extends keyof WorkInputs> = Extract<Work, { do: D }>;

export function isFailure(outcome: object | string): outcome is Failure {
  return typeof outcome === 'object' && 'failed' in outcome;
}

/** Failure type: an emergency has silenced the bot here. Thrown before the activity does anything. */
export const emergencyFailure = 'Emergency';

/** Failure type: the worker has no bot of this name; one of another configuration may have it. */
export const unknownBotFailure = 'UnknownBot';
