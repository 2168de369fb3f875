/**
 * Work: the one activity a thread has in flight, as data. The core decides on it, `run-work.ts`
 * performs it and brings its outcome back as something that happened.
 *
 * Outcomes are closed lists of data: what the platform documents is an outcome, not an exception.
 */
import type { BotAnswer, BotTurn } from '../bots/bot.js';

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
  postReply: PostReplyInput;
  findReply: FindReplyInput;
  readThread: ThreadInput;
  recategorise: RecategoriseInput;
  openIntervention: OpenInterventionInput;
  closeIntervention: CloseInterventionInput;
  checkDesk: CheckDeskInput;
  leaveNote: LeaveNoteInput;
  setFields: SetFieldsInput;
  lockThread: ThreadInput;
};

/** Whose bot would speak, where: what an emergency is declared for. */
type Voice = { readonly sourceName: string; readonly botName: string };

export type AskBotInput = Voice & { readonly turn: BotTurn };
export type ThreadInput = { readonly threadId: string };

export type PostReplyInput = ThreadInput &
  Voice & {
    readonly inReplyToId: string;
    readonly body: string;
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
  };

export type FindReplyInput = Pick<
  PostReplyInput,
  'threadId' | 'inReplyToId' | 'body' | 'botUserId' | 'ownContentIds'
>;

export type RecategoriseInput = ThreadInput & {
  readonly out: readonly string[];
  readonly in: string;
  /** Write the set even when it is right already. */
  readonly isAgain?: true;
};
export type OpenInterventionInput = ThreadInput & { readonly contentId: string };
export type CloseInterventionInput = { readonly interventionId: string };
export type CheckDeskInput = { readonly sourceId: string; readonly categoryId: string };
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
export type Desk = {
  readonly isOpen: boolean;
  /** When it opens next, in the words of the source's language. */
  readonly opens?: string;
  readonly agents: 'unknown' | 'available' | 'nobody';
};
/** A step the platform took, or would not take. */
export type StepOutcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly code: string };

export type WorkOutcomes = {
  askBot: BotAnswer;
  postReply: PostReplyOutcome;
  findReply: FindReplyOutcome;
  readThread: ReadThreadOutcome;
  recategorise: RecategoriseOutcome;
  openIntervention: OpenInterventionOutcome;
  closeIntervention: CloseInterventionOutcome;
  checkDesk: Desk;
  leaveNote: StepOutcome;
  setFields: StepOutcome;
  lockThread: StepOutcome;
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

export function isFailure(outcome: object): outcome is Failure {
  return 'failed' in outcome;
}

/** The bot's voice is cut for this source or bot: said by the activity before it does anything. */
export const emergencyFailure = 'Emergency';
