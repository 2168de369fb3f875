/**
 * The message contract of a thread: every name by which the outside reaches it, once.
 *
 * Shared by who sends (`api/`, operators, tests) and who receives (`thread.ts`). Changing a name or a
 * shape here is a change to running workflows.
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
export * from './messenger.js';
export * from './source-sdk.js';
export * from './reconcile.js';
export { measures, reconcileCounts, threadCounts, type Count } from './metrics.js';
export { effectOf } from './event-effects.js';
export { phases, type Phase } from './lifecycle.js';
export type { SourceSettings } from './source-settings.js';

/** The workflow type. */
export const threadWorkflow = 'thread';

export type ThreadInput = {
  readonly domainId: string;
  readonly threadId: string;
  readonly sourceId: string;
  /** Set by continue-as-new only: what one run hands to the next. Its shape is the workflow's own. */
  readonly carried?: unknown;
};

/** What a finished run leaves behind; the next content starts a new run. */
export type ThreadSummary = { readonly episodes: number; readonly counts: Counts };

export const taskQueues = {
  /** Workflow tasks, settings and bots. */
  threads: 'threads',
  /** Calls to Engage: one budget for all workers. */
  engage: 'engage',
  /** An emergency waits for nobody: not behind the threads it is declared for. */
  emergency: 'emergency',
} as const;

export function threadWorkflowId(domainId: string, threadId: string): string {
  return `thread:${domainId}:${threadId}`;
}

const threadIdPattern = /^thread:([^:]+):(.+)$/;

/** The ids in it; undefined for what is no thread's workflow id. */
export function parseThreadWorkflowId(
  workflowId: string,
): { readonly domainId: string; readonly threadId: string } | undefined {
  const [, domainId, threadId] = threadIdPattern.exec(workflowId) ?? [];
  return domainId === undefined || threadId === undefined ? undefined : { domainId, threadId };
}

/** All events of one delivery that concern this thread, in any order. */
export const engageEvents = defineSignal<[readonly EngageEvent[]]>('engageEvents');

/** What a bot answers that said it would later; dropped when its question is not asked any more. */
export type LateAnswer = { readonly to: string; readonly answer: BotAnswer };
export const lateAnswer = defineSignal<[LateAnswer]>('lateAnswer');

/** The bare phase word. */
export const phaseQuery = defineQuery<Phase>('phase');
/** The whole card: phase, why, deadlines, outbox, last decisions. No customer text. */
export const describeQuery = defineQuery<ThreadCard>('describe');

/** What was said, with the words, and what was decided: for people who may read it. */
export const transcriptQuery = defineQuery<Transcript>('transcript');
/** @throws ApplicationFailure `IllegalMove` with the phase, when it cannot be done in this phase. */
export const askHandover = defineUpdate<ThreadCard, [CommandInput]>('askHandover');
export const takeOver = defineUpdate<ThreadCard, [CommandInput]>('takeOver');
export const returnToBot = defineUpdate<ThreadCard, [CommandInput]>('returnToBot');
export const close = defineUpdate<ThreadCard, [CommandInput]>('close');
/** `forMs`: how long the bot is silent; 0 ends a pause. */
export const pauseBot = defineUpdate<ThreadCard, [CommandInput & { readonly forMs: number }]>(
  'pauseBot',
);

/** An emergency's: `moved` and now where it belongs on the platform (`placed`); never refused. */
export type Moved = { readonly moved: boolean; readonly placed: boolean };
export const moveToHumans = defineUpdate<Moved, [CommandInput]>('moveToHumans');
export const giveBack = defineUpdate<Moved, [CommandInput]>('giveBack');

/** How many of the facts the thread did not know, and how many of those somebody said. */
export type Backfilled = { readonly fresh: number; readonly contents: number };
/** Facts that no webhook may have brought. @throws ApplicationFailure `nothingNew` when all are known */
export const backfill = defineUpdate<Backfilled, [readonly EngageEvent[]]>('backfill');
export const nothingNew = 'NothingNew';

/** Plain and searchable for everybody with access to Temporal: no names, numbers or texts in them. */
export const searchAttributes = {
  phase: defineSearchAttributeKey('BatonPhase', 'KEYWORD'),
  source: defineSearchAttributeKey('BatonSource', 'KEYWORD'),
  reason: defineSearchAttributeKey('BatonReason', 'KEYWORD'),
  attention: defineSearchAttributeKey('BatonAttention', 'BOOL'),
  /** Whose thread it is; set by whoever begins it, never by the thread. */
  identity: defineSearchAttributeKey('BatonIdentity', 'KEYWORD'),
  /** Since when it is in this phase. */
  phaseSince: defineSearchAttributeKey('BatonPhaseSince', 'DATETIME'),
  /** While a human is waited for, and where the source has a queue. */
  waitingSince: defineSearchAttributeKey('BatonWaitingSince', 'DATETIME'),
  /** Seconds until a human came, the last time one was waited for. */
  waited: defineSearchAttributeKey('BatonWaited', 'INT'),
} as const;

/** What a run takes its snapshot of settings with; a local activity of the threads queue. */
export type SettingsActivities = {
  readSettings(input: { readonly sourceId: string }): Promise<SourceSettings>;
};

export type { ThreadCard } from './card.js';
export type { Transcript } from './card.js';
