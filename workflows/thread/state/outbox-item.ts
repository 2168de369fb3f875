/** Items of a thread's outbox: replies, notes and steps on the platform, each with a key. */
import type { StructuredMessage } from '../../../bots/messages/structured.js';
import type { Content } from '../../contract/engage-event.js';
import type { ControlStage } from './messenger-control.js';

export type OutboxItem = ReplyItem | StepItem;

export type Keyed = {
  readonly key: string;
  readonly epoch: number;
  readonly nextAttemptAt?: number;
  /** When it was enqueued; set by the core. */
  readonly since?: number;
};

export type ReplyItem = Keyed & {
  readonly do: 'reply';
  /** What it is for, such as `reply-0`, `sorry` or `handover-0`; part of the key. */
  readonly purpose: string;
  readonly body: string;
  readonly structured?: StructuredMessage;
  readonly attachmentIds?: readonly string[];
  readonly inReplyToId: string;
  readonly isPrivate: boolean;
  /** `bot`: sent only while the bot has the thread. `afterHandover`: sent until a human has spoken. */
  readonly speaksAs: 'bot' | 'afterHandover';
  readonly state: 'pending' | 'confirming';
  /** It is late, and the business's rule for late replies has been applied. */
  readonly mayBeLate?: true;
  /**
   * sends: attempts that may have reached the platform; tries: attempts that did not; looks: searches
   * for an ambiguous attempt.
   */
  readonly sends: number;
  readonly tries: number;
  readonly looks: number;
};

export type StepItem = Keyed &
  /** `categoryId`: category of other agents than the source's own. */
  (
    | {
        readonly do: 'recategorise';
        readonly to: 'bot' | 'agent';
        readonly categoryId?: string;
        /** Set the category even if it is set already. */
        readonly isAgain?: true;
        /** Attempts that failed while the platform or the account was not well. */
        readonly tries?: number;
      }
    /**
     * Change of Messenger's thread control: `transitions/messenger-driver.ts`. `appId`: the target, if
     * it is another app than Engage's.
     */
    | {
        readonly do: 'control';
        readonly to: 'bot' | 'agent' | 'nobody';
        readonly stage: ControlStage;
        readonly tries: number;
        readonly appId?: string;
      }
    /** Note for the human; its text is built when the item is started. */
    | { readonly do: 'leaveNote'; readonly about: NoteSubject; readonly reason?: string }
    | { readonly do: 'setFields'; readonly fields: Readonly<Record<string, string>> }
    /** Writes the values the platform does not have at the time the item is started. */
    | { readonly do: 'writeProfile' }
    | { readonly do: 'lockThread' }
    | { readonly do: 'openIntervention'; readonly contentId: string }
    | { readonly do: 'closeIntervention'; readonly interventionId: string }
    /** The bot has answered: close the conversation, unless the customer has written since. */
    | { readonly do: 'solve'; readonly by?: 'customerSilent' }
  );

/** Subject of a note: the handover, or a reminder that the customer waits. */
export type NoteSubject = 'handover' | 'waiting';

/** The customer content that a reply answers; the reply is private if that content is. */
export type About = { readonly contentId: string; readonly isPrivate: boolean };

export function aboutContent({ id: contentId, isPrivate }: Content): About {
  return { contentId, isPrivate };
}

/** A reply that the platform accepted, kept to match echoes, delivery results and crossed replies. */
export type Sent = {
  readonly key: string;
  readonly contentId: string;
  readonly createdAt: number;
  readonly delivery: 'accepted' | 'delivered' | 'failed';
  /** A text after which no other action is left, should the channel not deliver it. */
  readonly isLastWord?: true;
  /** Messenger: posted in Engage's name; Engage needs thread control to deliver it. */
  readonly isByPlatform?: true;
};
