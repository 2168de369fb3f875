/** What a business's own system is told when a thread needs a person. */
import type { Phase } from './lifecycle.js';
import type { Attention } from './attention.js';

export type Alert = {
  /** The how manyeth of this thread. */
  readonly number: number;
  readonly type: 'attention.raised' | 'attention.resolved';
  readonly at: number;
  readonly phase: Phase;
  readonly reason: string | undefined;
  readonly attention: Attention;
  readonly resolvedBy?: ResolvedBy;
};

export type ResolvedBy = 'humanCame' | 'botSpoke' | 'newConversation';

export type SendAlertInput = {
  readonly domainId: string;
  readonly threadId: string;
  readonly source: string;
  /** With the alert's number, what tells it from all others of the thread. */
  readonly bornAt: number;
  readonly alert: Alert;
};

/** For the `threads` queue: it costs none of the platform's budget. */
export type AlertActivities = {
  /** At least once; its id is the same however often it is sent. */
  sendAlert(input: SendAlertInput): Promise<void>;
};
