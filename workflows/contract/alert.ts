/** Payload of an alert: sent to the business's own system when a thread needs a person's attention. */
import type { Phase } from './lifecycle.js';
import type { Attention } from './attention.js';

export type Alert = {
  /** Sequence number of the alert within the thread, from 1. */
  readonly number: number;
  readonly type: 'attention.raised' | 'attention.resolved';
  readonly at: number;
  readonly phase: Phase;
  readonly reason: string | undefined;
  readonly attention: Attention;
  readonly resolvedBy?: ResolvedBy;
};

export type ResolvedBy =
  'humanCame' | 'botSpoke' | 'newConversation' | 'answerRequested' | 'delivered';

export type SendAlertInput = {
  readonly domainId: string;
  readonly threadId: string;
  readonly source: string;
  /**
   * Unix milliseconds at which the thread's run began. Together with `number` it identifies the alert.
   */
  readonly bornAt: number;
  readonly alert: Alert;
};

/** For the `threads` task queue: sending an alert uses none of the platform's rate limit. */
export type AlertActivities = {
  /** Delivers at least once; every attempt has the same id. */
  sendAlert(input: SendAlertInput): Promise<void>;
};
