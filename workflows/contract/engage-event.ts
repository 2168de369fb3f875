/**
 * What happened on the platform, in the form the ingress signals it and a thread keeps it.
 *
 * Only facts a thread acts on are here: the ingress has already verified, parsed and normalised
 * (`"false"` is false, a null body is '', a null array is []). Times are Unix milliseconds.
 * Source: Engage webhooks, event catalogue and metadata.
 */
import type { Traced } from './trace-context.js';

export type EngageEvent =
  ContentEvent | InterventionEvent | TaskEvent | ThreadEvent | ControlEvent | QueueEvent;

type Fact = {
  /** Stable over every resend: what duplicates are recognised by. */
  readonly id: string;
  /** The platform's clock. Compare it with other `issuedAt` only, never with our clock. */
  readonly issuedAt: number;
  /** Dated to the second, as the platform's lists do; webhooks have milliseconds. */
  readonly isRounded?: true;
  /** The agent (Engage user) who caused it; absent for customers and the platform itself. */
  readonly userId?: string;
};

export type ContentEvent = Fact &
  Traced & {
    readonly type: (typeof contentEventTypes)[number];
    readonly content: Content;
  };

export type InterventionEvent = Fact & {
  readonly type: (typeof interventionEventTypes)[number];
  readonly interventionId: string;
  /** Who owns the intervention, which may differ from who acted. */
  readonly ownerId?: string;
};

export type TaskEvent = Fact & {
  readonly type: (typeof taskEventTypes)[number];
  readonly taskId: string;
  readonly agentIds: readonly string[];
};

/** The thread was locked or unlocked on the platform. */
export type ThreadEvent = Fact & { readonly type: (typeof threadEventTypes)[number] };

/** Facebook's word about thread control. Dated by Facebook's clock: compare among themselves only. */
export type ControlEvent = Fact & {
  readonly type: (typeof controlEventTypes)[number];
  /** The customer, as the page knows them. */
  readonly customerId: string;
  /** Who asks for control, or has it now; absent: nobody. */
  readonly appId?: string;
};

/**
 * Where the customer stands in the platform's queue. No webhook brings it: only a channel of the Source
 * SDK with the option does, in seconds; whoever hands it to a thread makes them milliseconds. Dated by our
 * clock: compare with nothing.
 */
export type QueueEvent = Fact & {
  readonly type: typeof queueEventType;
  /** 1 is the next. */
  readonly position: number;
  readonly waitMs?: number;
};

/** One message on the platform, by anybody. */
export type Content = {
  readonly id: string;
  readonly sourceId: string;
  /** '' for a content that is only an attachment. */
  readonly body: string;
  readonly isPrivate: boolean;
  readonly hasAttachment: boolean;
  /** The content's own categories; they lag behind the thread's, so they raise doubts, never decide. */
  readonly categoryIds: readonly string[];
  /** The identity that wrote it. */
  readonly authorId?: string;
  /** The Engage user that wrote it; absent for customers and for posts in the channel's own app. */
  readonly creatorId?: string;
  readonly inReplyToId?: string;
  /**
   * Its id on the channel, where it tells who wrote: a message of a Source SDK conversation, or what came
   * in for the brand without a user.
   */
  readonly foreignId?: string;
  readonly interventionId?: string;
  /** `new`, `assigned`, `user_reply`, …: an open list. */
  readonly status?: string;
  readonly language?: string;
  /** What the customer picked in a structured message. */
  readonly payload?: string;
  /** On `content.exported` only: did the channel take it? */
  readonly synchronizationStatus?: string;
};

export const contentEventTypes = [
  'content.imported',
  'content.replied',
  'content.discussion_initiated',
  'content.approved',
  'content.exported',
] as const;

export const interventionEventTypes = [
  'intervention.opened',
  'intervention.assigned',
  'intervention.closed',
  'intervention.canceled',
  'intervention.deferred',
  'intervention.reactivated',
  'intervention.reopened',
  'intervention.user_updated',
] as const;

/** A task is the platform's work for a human: that there is one, that nobody can do it, who took it. */
export const taskEventTypes = [
  'task.created',
  'task.assigned',
  'task.recategorized',
  'task.undelivered',
  'task.taken',
] as const;

export const threadEventTypes = [
  'content.thread_closed',
  'content.thread_auto_closed',
  'content.thread_opened',
] as const;

/** `released` is never told: see `engage/messenger/control.ts`. */
export const controlEventTypes = [
  'messenger.requested',
  'messenger.passed',
  'messenger.taken',
] as const;

export const queueEventType = 'messaging.queuing_update';
