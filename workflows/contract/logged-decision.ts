/**
 * Entries of a thread's decision log: a code of a closed union, and the data that belongs to it. Readers
 * decide by code and data only; `api/timeline/describe-decision.ts` has the words. Customer text is in
 * none of them.
 */
import type { AttentionCode } from './attention.js';
import type { RunEnded } from './ended-run.js';
import type { EscalationName } from './escalation.js';
import type { Move, Phase } from './lifecycle.js';
import type { LateReplies } from './source-settings.js';

type NoData = unknown;
/** Error code of a call, such as `Timeout` or `Http404`. */
type Failed = { readonly failure: string };
/** Reason in words, chosen at run time: by a person, or by a policy. */
type Reasoned = { readonly why: string };

/** Each code with its data. */
type Decisions = {
  // Ownership
  phaseChanged: { readonly from: Phase; readonly to: Phase } & Reasoned;
  moveRefused: { readonly phase: Phase; readonly move: Move } & Reasoned;
  // Turns and replies
  turnRestarted: NoData;
  botFailed: Failed;
  /** No worker that was asked knows the bot. */
  botUnknown: { readonly bot: string };
  answerDropped: NoData;
  botPaused: Reasoned;
  botResumed: Reasoned;
  answerRequested: Reasoned;
  stayedClosed: NoData;
  replyPosted: { readonly key: string; readonly epoch: number; readonly purpose: string };
  replyCut: Reasoned;
  /** A reply was late; what was done about it. */
  replyLate: { readonly do: LateReplies['do'] };
  crossedReply: NoData;
  // Handover and humans
  handoverRequested: Reasoned;
  notHandedOver: Reasoned;
  handoverRepeated: NoData;
  keptByHumans: NoData;
  emergencyDeclared: Reasoned;
  taskUndelivered: NoData;
  settleWindowStarted: NoData;
  escalated: {
    readonly escalation: EscalationName;
    /** From 1. */
    readonly step: number;
    /** What the policies decided, such as `tell`. */
    readonly do: string;
  };
  queuePositionUnknown: Failed;
  queuePositionSent: { readonly position: number; readonly isEstimate: boolean };
  // Customer profile
  profileFieldRefused: { readonly field: string } & Reasoned;
  profileFieldNotWritten: { readonly field: string } & Failed;
  profileNotWritten: Failed;
  // Steps on the platform
  stepFailed: Failed;
  stepSkipped: { readonly do: 'leaveNote' | 'setFields' };
  interventionNotClosed: Failed;
  backfilled: { readonly events: number };
  // After an earlier run was ended
  runEnded: Pick<RunEnded, 'how'>;
  rebuilt: { readonly contents: number; readonly unanswered: number };
  // Messenger's thread control
  controlRetried: { readonly stage: string } & Reasoned;
  controlLent: NoData;
  controlRequestIgnored: NoData;
  // Attention
  attentionRaised: { readonly attention: AttentionCode };
  alertGivenUp: {
    readonly attention: AttentionCode;
    readonly because: 'tooMany' | 'notDelivered';
  };
};

export type DecisionCode = keyof Decisions;

export type DecisionData<C extends DecisionCode = DecisionCode> = {
  readonly [One in C]: { readonly code: One } & Decisions[One];
}[C];

/** `Time`: Unix milliseconds in the log, ISO 8601 on the card. */
export type LoggedDecision<Time = number> = { readonly at: Time } & DecisionData;

/** Purposes of replies that only tell the customer that the turn has failed, or that no human comes. */
export const excuses = { botFailed: 'sorry', notHandedOver: 'not-now' } as const;
