/**
 * The message contract of a thread: the only definition of all names by which other processes reach
 * it.
 *
 * Shared by senders (`api/`, operators, tests) and the receiver (`thread/workflow.ts`). Changing a
 * name or a shape here affects running workflows.
 */
import { defineSearchAttributeKey } from '@temporalio/common';
import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { BotAnswer } from '../../bots/bot.js';
import type { Counts } from './counts.js';
import type { EngageEvent } from './engage-event.js';
import type { Phase } from './lifecycle.js';
import type { SourceSettings } from './source-settings.js';
import type { CommandInput } from './commands.js';
import type { ThreadCard, Transcript } from './card.js';

export type * from './engage-event.js';
export * from './directory.js';
export * from './emergency.js';
export * from './ended-run.js';
export * from './messenger.js';
export * from './source-sdk.js';
export * from './reconcile.js';
export { metricHelp as measures, reconcileCounts, threadCounts, type Count } from './metrics.js';
export { effectOf } from './event-effects.js';
export { phases, type Phase } from './lifecycle.js';
export {
  outcomesOfSilence,
  speakers,
  type NextSpeaker,
  type OutcomeOfSilence,
  type Speaker,
} from './next-speaker.js';
export { deadlineNames } from './deadline-name.js';
export type { SourceSettings } from './source-settings.js';

/** Workflow type of a thread. */
export const threadWorkflow = 'thread';

export type ThreadInput = {
  readonly domainId: string;
  readonly threadId: string;
  readonly sourceId: string;
  /** Set by continue-as-new only: the state handed to the next run. The workflow defines its shape. */
  readonly carried?: unknown;
};

/** Result of a finished run. The next content starts a new run. */
export type ThreadSummary = { readonly episodes: number; readonly counts: Counts };

export const taskQueues = {
  /** Workflow tasks, settings and bots. */
  threads: 'threads',
  /** Calls to Engage, which share one rate limit across all workers. */
  engage: 'engage',
  /** Emergencies only, so that they never queue behind the threads they are declared for. */
  emergency: 'emergency',
} as const;

export function threadWorkflowId(domainId: string, threadId: string): string {
  return `thread:${domainId}:${threadId}`;
}

const threadIdPattern = /^thread:([^:]+):(.+)$/;

/** Parses a thread's workflow id; returns `undefined` for any other id. */
export function parseThreadWorkflowId(
  workflowId: string,
): { readonly domainId: string; readonly threadId: string } | undefined {
  const [, domainId, threadId] = threadIdPattern.exec(workflowId) ?? [];
  return domainId === undefined || threadId === undefined ? undefined : { domainId, threadId };
}

/** All events of one delivery that concern this thread, in any order. */
export const engageEvents = defineSignal<[readonly EngageEvent[]]>('engageEvents');

/** The deferred answer of a bot to question `to`. Dropped if that question is no longer open. */
export type LateAnswer = { readonly to: string; readonly answer: BotAnswer };
export const lateAnswer = defineSignal<[LateAnswer]>('lateAnswer');

/** Returns the phase only. */
export const phaseQuery = defineQuery<Phase>('phase');
/** Returns the card: phase, reason, deadlines, outbox, last decisions. No customer text. */
export const describeQuery = defineQuery<ThreadCard>('describe');

/** Returns contents with their text, and decisions. Only for people with access to customer text. */
export const transcriptQuery = defineQuery<Transcript>('transcript');
/** @throws ApplicationFailure `IllegalMove`, with the phase, if the command is illegal in this phase */
export const askHandover = defineUpdate<ThreadCard, [CommandInput]>('askHandover');
export const takeOver = defineUpdate<ThreadCard, [CommandInput]>('takeOver');
export const returnToBot = defineUpdate<ThreadCard, [CommandInput]>('returnToBot');
export const close = defineUpdate<ThreadCard, [CommandInput]>('close');
/**
 * The bot is asked again for what is unanswered, or else for the last turn if the customer has no answer to it.
 * Refused while humans have the thread, while the bot is about to answer, and if everything is answered.
 */
export const answerAgain = defineUpdate<ThreadCard, [CommandInput]>('answerAgain');
/** `forMs`: duration of the pause in milliseconds; 0 ends a pause. */
export const pauseBot = defineUpdate<ThreadCard, [CommandInput & { readonly forMs: number }]>(
  'pauseBot',
);

/**
 * Result of an emergency's move. `moved`: by this call. `assigned`: in the right category on the
 * platform. Never refused.
 */
export type Moved = { readonly moved: boolean; readonly assigned: boolean };
export const moveToHumans = defineUpdate<Moved, [CommandInput]>('moveToHumans');
export const giveBack = defineUpdate<Moved, [CommandInput]>('giveBack');

/** `fresh`: events the thread did not have yet; `contents`: how many of them are contents. */
export type Backfilled = { readonly fresh: number; readonly contents: number };
/**
 * Adds events that webhooks may have missed.
 * @throws ApplicationFailure `nothingNew` if the thread has all of them
 */
export const backfill = defineUpdate<Backfilled, [readonly EngageEvent[]]>('backfill');
export const nothingNew = 'NothingNew';

/** Readable and searchable by everybody with access to Temporal: no names, numbers or texts. */
export const searchAttributes = {
  phase: defineSearchAttributeKey('BatonPhase', 'KEYWORD'),
  source: defineSearchAttributeKey('BatonSource', 'KEYWORD'),
  reason: defineSearchAttributeKey('BatonReason', 'KEYWORD'),
  attention: defineSearchAttributeKey('BatonAttention', 'BOOL'),
  /** The customer's identity; set by the process that starts the workflow, never by the thread. */
  identity: defineSearchAttributeKey('BatonIdentity', 'KEYWORD'),
  /**
   * Who must speak next. An ordinary turn of the bot, which lasts seconds, is not published: until it has
   * lasted a minute, the value is `customer`.
   */
  next: defineSearchAttributeKey('BatonNext', 'KEYWORD'),
  /** Since when a content of the customer waits for an answer; unset while `BatonNext` is `customer`. */
  unansweredSince: defineSearchAttributeKey('BatonUnansweredSince', 'DATETIME'),
  /** Start of the present phase. */
  phaseSince: defineSearchAttributeKey('BatonPhaseSince', 'DATETIME'),
  /** Start of the wait for a human; set only while the customer waits on a source with a queue. */
  waitingSince: defineSearchAttributeKey('BatonWaitingSince', 'DATETIME'),
  /** Seconds until a human came, at the last handover. */
  waited: defineSearchAttributeKey('BatonWaited', 'INT'),
} as const;

/** Reads the settings snapshot of a run; a local activity of the `threads` task queue. */
export type SettingsActivities = {
  readSettings(input: { readonly sourceId: string }): Promise<SourceSettings>;
};

export {
  excuses,
  type DecisionCode,
  type DecisionData,
  type LoggedDecision,
} from './logged-decision.js';
export type { ThreadCard } from './card.js';
export type { Transcript } from './card.js';
