/**
 * Work: the one activity a thread has in flight, as data. The core decides on it, `run-work.ts`
 * performs it and brings its outcome back as something that happened.
 *
 * Outcomes are closed lists of data: what the platform documents is an outcome, not an exception.
 */
import type { BotAnswer, BotTurn, Json, ToolCall } from '../../bots/bot.js';
import type { Traced } from './trace-context.js';
import type { StructuredMessage } from '../../bots/messages/structured.js';

export type Work = {
  readonly [D in keyof WorkInputs]: {
    readonly id: string;
    readonly do: D;
    readonly input: WorkInputs[D];
    /** The outbox entry it is about. */
    readonly owedKey?: string;
  };
}[keyof WorkInputs];

export type WorkInputs = {
  askBot: AskBotInput;
  callTool: CallToolInput;
  postReply: PostReplyInput;
  findReply: FindReplyInput;
  readThread: ThreadInput;
  recategorise: RecategoriseInput;
  openIntervention: OpenInterventionInput;
  closeIntervention: CloseInterventionInput;
  checkAvailability: CheckAvailabilityInput;
  leaveNote: LeaveNoteInput;
  setFields: SetFieldsInput;
  lockThread: ThreadInput;
  findPlace: FindPlaceInput;
  writeProfile: WriteProfileInput;
  meetCustomer: MeetCustomerInput;
  controlThread: ControlThreadInput;
};

/** Whose bot would speak, where: what an emergency is declared for. */
type Voice = Traced & { readonly sourceName: string; readonly botName: string };

export type AskBotInput = Voice & { readonly turn: BotTurn };
export type CallToolInput = Voice & { readonly turnId: string; readonly call: ToolCall };
export type ThreadInput = { readonly threadId: string };

export type PostReplyInput = ThreadInput &
  Voice & {
    readonly inReplyToId: string;
    readonly body: string;
    readonly structured?: StructuredMessage;
    readonly attachmentIds?: readonly string[];
    readonly isPrivate: boolean;
    readonly botUserId: string;
    /** The thread must still be in this category; absent for what is said after a handover. */
    readonly botCategoryId?: string;
    /** How many contents the thread should have; another number makes the activity look closer. */
    readonly expectedContents?: number;
    readonly ownContentIds: readonly string[];
    /** Contents we have heard of: what they mean has been decided. */
    readonly knownContentIds: readonly string[];
    /** By the platform's clock: an unheard human's content since then silences the reply. */
    readonly lookSince: number;
    readonly automaticIdentityIds: readonly string[];
    /** Said in our own app's name, on its page, to this customer. */
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
  /** Write the set even when it is right already. */
  readonly isAgain?: true;
  /** By the virtual agent's call, which hands over what the categories alone would only show. */
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

/** Messenger: who the customer is to the page, and that this thread wants to hear of them. */
export type MeetCustomerInput = ThreadInput & {
  readonly domainId: string;
  readonly identityId: string;
  readonly pageId: string;
};
/** One step of Messenger's protocol: `ask` is Engage's call, the others Facebook's. */
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
/** `since`: when this customer began to wait, Unix milliseconds. */
export type FindPlaceInput = { readonly sourceName: string; readonly since: number };
export type WriteProfileInput = {
  readonly identityId: string;
  /** Open; absent where there is none. */
  readonly interventionId?: string;
  readonly fields: Readonly<Record<string, string>>;
  /** Which custom fields the business says some of the keys mean. */
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
      /** The contents looked at, where the number was not the expected one. */
      readonly looked?: readonly string[];
    }
  | { readonly is: 'humanSpoke'; readonly contentId: string; readonly createdAt: number }
  | { readonly is: 'notOurs'; readonly categoryIds: readonly string[] }
  | { readonly is: 'threadLocked' }
  /** Another app has thread control, or nobody: nothing was said. */
  | { readonly is: 'noControl' }
  /** The platform no longer lets the bot's user do anything: it was deactivated, or its token revoked. */
  | { readonly is: 'deactivated' }
  | { readonly is: 'needsIntervention' }
  | { readonly is: 'refused'; readonly code: string }
  /** Surely not executed: may be sent again. */
  | { readonly is: 'notSent'; readonly code: string; readonly retryAfter: number }
  /** May have been executed: look before sending again. */
  | { readonly is: 'ambiguous'; readonly code: string };

export type FindReplyOutcome =
  | { readonly is: 'found'; readonly contentId: string; readonly createdAt: number }
  | { readonly is: 'notFound' };

export type ReadThreadOutcome = {
  readonly categoryIds: readonly string[];
  readonly isLocked: boolean;
};
export type RecategoriseOutcome = { readonly categoryIds: readonly string[] };
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

/** Who is at the desk now. Not asked, or not known: open, and nobody knows who is there. */
export type Availability = {
  readonly isOpen: boolean;
  /** When it opens next, in the words of the source's language. */
  readonly opens?: string;
  readonly agents: 'unknown' | 'available' | 'nobody';
};
/** How many have waited longer, and how long those last taken had waited, milliseconds. */
export type WaitingLine = { readonly ahead: number; readonly waits: readonly number[] };
/** Keys now on the platform, and those it refused. What is in neither has no place there. */
export type WriteProfileOutcome = {
  readonly written: readonly string[];
  readonly refused: readonly { readonly field: string; readonly code: string }[];
};

export type ToolOutcome = { readonly result: Json };

/** A step the platform took, or would not take. */
export type StepOutcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly code: string };

export type MeetCustomerOutcome = { readonly customerId: string };
/** `owner`: who has control; without an app nobody. */
export type ControlThreadOutcome = StepOutcome | { readonly is: 'owner'; readonly appId?: string };

export type WorkOutcomes = {
  /** `later`: by a call of the bot's own. */
  askBot: BotAnswer | 'later';
  callTool: ToolOutcome;
  postReply: PostReplyOutcome;
  findReply: FindReplyOutcome;
  readThread: ReadThreadOutcome;
  recategorise: RecategoriseOutcome;
  openIntervention: OpenInterventionOutcome;
  closeIntervention: CloseInterventionOutcome;
  checkAvailability: Availability;
  leaveNote: StepOutcome;
  setFields: StepOutcome;
  lockThread: StepOutcome;
  findPlace: WaitingLine;
  writeProfile: WriteProfileOutcome;
  meetCustomer: MeetCustomerOutcome;
  controlThread: ControlThreadOutcome;
};

/** Activities, by the name of the work they do. `activities/` implements exactly these. */
export type WorkActivities = {
  readonly [D in keyof WorkInputs]: (input: WorkInputs[D]) => Promise<WorkOutcomes[D]>;
};

/** The type of the failure that ended a work; a closed list lives in `engage/errors.ts`. */
export type Failure = { readonly failed: string };

/** A work came to its end, by its outcome or by a failure. */
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

/** The bot's voice is cut for this source or bot: said by the activity before it does anything. */
export const emergencyFailure = 'Emergency';
