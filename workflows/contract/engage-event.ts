/**
 * Events of the platform, in the form in which the ingress signals them and a thread keeps them.
 *
 * Contains only events that a thread acts on. The ingress has already verified, parsed and normalised
 * them (`"false"` is false, a null body is '', a null array is []). Times are Unix milliseconds.
 * Source: Engage webhooks, event catalogue and metadata.
 */
import type { Traced } from './trace-context.js';

export type EngageEvent =
  ContentEvent | InterventionEvent | TaskEvent | ThreadEvent | ControlEvent | QueueEvent;

type Fact = {
  /** Identical in every resend; duplicates are recognised by it. */
  readonly id: string;
  /** The platform's clock. Compare only with other `issuedAt` values, never with our clock. */
  readonly issuedAt: number;
  /**
   * Set when the time is precise to the second only, as in the platform's lists; webhooks have
   * milliseconds.
   */
  readonly isRounded?: true;
  /** The agent (Engage user) that caused the event; absent for customers and the platform itself. */
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
  /** The owner of the intervention; may differ from the user that acted. */
  readonly ownerId?: string;
};

export type TaskEvent = Fact & {
  readonly type: (typeof taskEventTypes)[number];
  readonly taskId: string;
  readonly agentIds: readonly string[];
};

/** The thread was locked or unlocked on the platform. */
export type ThreadEvent = Fact & { readonly type: (typeof threadEventTypes)[number] };

/**
 * A Facebook webhook about thread control. Times are Facebook's clock: compare them only with each
 * other.
 */
export type ControlEvent = Fact & {
  readonly type: (typeof controlEventTypes)[number];
  /** The customer's page-scoped id. */
  readonly customerId: string;
  /** The app that requests control or has it now; absent if there is none. */
  readonly appId?: string;
};

/**
 * The customer's position in the platform's queue. No webhook reports it; only a Source SDK channel
 * with this option does, in seconds, which the sender of this event converts to milliseconds. Its time
 * is our clock: do not compare it with any other event's.
 */
export type QueueEvent = Fact & {
  readonly type: typeof queueEventType;
  /** Position in the queue; 1 is next. */
  readonly position: number;
  readonly waitMs?: number;
};

/** One message on the platform, by anybody. */
export type Content = {
  readonly id: string;
  readonly sourceId: string;
  /** Empty ('') for a content that is only an attachment. */
  readonly body: string;
  readonly isPrivate: boolean;
  readonly hasAttachment: boolean;
  /** The content's own categories. They lag behind the thread's: a difference only triggers a check. */
  readonly categoryIds: readonly string[];
  /** The identity that wrote the content. */
  readonly authorId?: string;
  /** The Engage user that wrote it; absent for customers and for posts in the channel's own app. */
  readonly creatorId?: string;
  readonly inReplyToId?: string;
  /**
   * The content's id on the channel. Set only where it identifies the author: for messages of a Source
   * SDK conversation, and for contents of the brand that have no Engage user.
   */
  readonly foreignId?: string;
  readonly interventionId?: string;
  /** `new`, `assigned`, `user_reply`, …: an open list. */
  readonly status?: string;
  readonly language?: string;
  /** The payload of the option that the customer picked in a structured message. */
  readonly payload?: string;
  /** An agent's reply that no customer sees before another agent has approved it. */
  readonly waitsForApproval?: true;
  /** `content.exported` only: whether the channel accepted the content. */
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

/**
 * Tasks are the platform's work items for humans: created, routed, undeliverable, or taken by an
 * agent.
 */
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

/** There is no `released` event, because Facebook does not report a release. */
export const controlEventTypes = [
  'messenger.requested',
  'messenger.passed',
  'messenger.taken',
] as const;

export const queueEventType = 'messaging.queuing_update';
