/** What the outbox of a thread holds: replies, notes and steps on the platform, each with a key. */
import type { StructuredMessage } from '../../../bots/messages/structured.js';
import type { ControlStage } from './messenger-control.js';

export type OutboxItem = ReplyItem | StepItem;

export type Keyed = {
  readonly key: string;
  readonly epoch: number;
  readonly nextAttemptAt?: number;
  /** When it came to be owed; the core writes it there. */
  readonly since?: number;
};

export type ReplyItem = Keyed & {
  readonly do: 'reply';
  readonly body: string;
  readonly structured?: StructuredMessage;
  readonly attachmentIds?: readonly string[];
  readonly inReplyToId: string;
  readonly isPrivate: boolean;
  /** `bot`: only while the thread is the bot's. `afterHandover`: until a human has spoken. */
  readonly speaksAs: 'bot' | 'afterHandover';
  readonly state: 'owed' | 'confirming';
  /** Posts that may have left, posts that surely have not, and looks for the one that may have. */
  readonly sends: number;
  readonly tries: number;
  readonly looks: number;
};

export type StepItem = Keyed &
  /** `categoryId`: of other humans than the source's own. */
  (
    | {
        readonly do: 'recategorise';
        readonly to: 'bot' | 'agent';
        readonly categoryId?: string;
        /** Set even when it is set already. */
        readonly isAgain?: true;
      }
    /** Messenger's thread control changes hands: `engage/messenger/rules.ts`. `appId`: to another app than Engage's. */
    | {
        readonly do: 'control';
        readonly to: 'bot' | 'agent' | 'nobody';
        readonly stage: ControlStage;
        readonly tries: number;
        readonly appId?: string;
      }
    /** What the human is told, written when its turn comes. */
    | { readonly do: 'leaveNote'; readonly about: NoteSubject; readonly reason?: string }
    | { readonly do: 'setFields'; readonly fields: Readonly<Record<string, string>> }
    /** What the bot learnt and the platform does not know, when its turn comes. */
    | { readonly do: 'writeProfile' }
    | { readonly do: 'lockThread' }
    | { readonly do: 'openIntervention'; readonly contentId: string }
    | { readonly do: 'closeIntervention'; readonly interventionId: string }
    /** The bot has said all: the conversation closes, unless the customer has written since. */
    | { readonly do: 'solve'; readonly by?: 'customerSilent' }
  );

/** A handover's account of itself, or that the customer waits. */
export type NoteSubject = 'handover' | 'waiting';

/** The customer content a reply answers; a reply is as private as what it answers. */
export type About = { readonly contentId: string; readonly isPrivate: boolean };

/** A reply the platform has taken, kept for echoes, delivery verdicts and crossed replies. */
export type Sent = {
  readonly key: string;
  readonly contentId: string;
  readonly createdAt: number;
  readonly delivery: 'accepted' | 'delivered' | 'failed';
  /** Messenger: said in Engage's name, which needs thread control to bring it to the customer. */
  readonly isByPlatform?: true;
};
