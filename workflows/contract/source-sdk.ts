/**
 * The message contract of a Source SDK conversation: a conversation of a customer with a bot outside
 * Baton that enters Engage through a Source SDK channel.
 */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Phase } from './lifecycle.js';
import type { SourceSdkId } from './source-sdk-ids.js';

/** Workflow type of a Source SDK conversation. */
export const sourceSdkWorkflow = 'sourceSdkConversation';

export * from './source-sdk-ids.js';

/** The customer, in the fields of the platform's user object. */
export type SourceSdkCustomer = {
  readonly id: string;
  readonly screenname: string;
} & Readonly<Partial<Record<ProfileField, string>>> & {
    readonly context_data?: Readonly<Record<string, string>>;
  };
export type ProfileField =
  | 'firstname'
  | 'lastname'
  | 'email'
  | 'avatar_url'
  | 'home_phone'
  | 'mobile_phone'
  | 'gender'
  | 'language';

export type SourceSdkMessage = {
  readonly id: string;
  readonly by: 'customer' | 'bot';
  readonly body: string;
  /** ISO 8601, by the Source SDK bot's clock. */
  readonly at?: string;
  readonly attachments?: readonly Attachment[];
};
export type Attachment = {
  readonly url: string;
  readonly type?: string;
  readonly filename?: string;
};

export type HandoverAsked = {
  readonly type: 'handoverAsked';
  readonly id: string;
  readonly because: 'customerAsked' | 'botGaveUp';
  /** Explanation for the human that takes over. */
  readonly why: string;
};

/** A message to the customer, sent by a human or by Baton through the platform. */
export type AgentSaid = {
  readonly type: 'agentSaid';
  /** The platform's content id; the idempotency key up to the Source SDK bot. */
  readonly contentId: string;
  readonly from: 'agent' | 'baton';
  readonly body: string;
  readonly senderName?: string;
  readonly createdAt?: string;
  readonly attachments?: readonly Attachment[];
  readonly structuredContent?: unknown;
};

/** Update from the thread that accompanies the conversation on the platform. */
export type ThreadMoved = {
  readonly type: 'threadMoved';
  readonly domainId: string;
  readonly threadId: string;
  readonly phase: Phase;
  readonly reason: string;
  /** Unix milliseconds by Temporal's clock; the update with the newest time is valid. */
  readonly at: number;
};

export type SourceSdkEvent =
  | { readonly type: 'customerKnown'; readonly customer: SourceSdkCustomer }
  | { readonly type: 'said'; readonly message: SourceSdkMessage }
  | HandoverAsked
  | AgentSaid
  /** `estimatedWait` in milliseconds. */
  | { readonly type: 'queueMoved'; readonly position?: number; readonly estimatedWait?: number }
  | { readonly type: 'typing'; readonly isTyping: boolean }
  | ThreadMoved;

/** Events of the conversation, in any order; duplicates are allowed. */
export const sourceSdkEvents = defineSignal<[readonly SourceSdkEvent[]]>('sourceSdkEvents');

/** Card of the conversation, without message texts. */
export type SourceSdkCard = {
  readonly phase: 'bot' | 'handover' | 'agent';
  readonly threadId?: string;
  readonly said: number;
  readonly notPushed: number;
  readonly pendingUpdates: number;
  readonly attention?: string;
  readonly counts: Readonly<Record<string, number>>;
};
export const describeSourceSdk = defineQuery<SourceSdkCard>('describeSourceSdk');
/** Returns one message as the platform's object, as long as the conversation remembers it. */
export const sourceSdkMessage = defineQuery<object | undefined, [string]>('sourceSdkMessage');

export type SourceSdkInput = SourceSdkId & {
  /** Set by continue-as-new only. */
  readonly carried?: unknown;
};

/**
 * Settings of a Source SDK source: a snapshot that each run takes at its start. Durations in
 * milliseconds.
 */
export type SourceSdkSettings = {
  readonly sourceId: string;
  /** `handovers`: nothing is sent to the platform before a human is asked for. */
  readonly forward: 'handovers' | 'all';
  /** Controlled identities: one for the Source SDK bot, one in which agents write. */
  readonly botIdentity: { readonly id: string; readonly screenname: string };
  readonly agentIdentity: { readonly id: string; readonly screenname: string };
  /** Time without a message after which the conversation is forgotten. */
  readonly forgetAfter: number;
  /** Time of failed deliveries after which updates to the Source SDK bot are dropped. */
  readonly giveUpAfter: number;
  /** Deadline for the confirmation of a handover; absent for runs that began before it existed. */
  readonly confirmWithin?: number;
  readonly queueUnit: 'seconds' | 'milliseconds';
};

export type PushInput = {
  readonly sourceId: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
};
export type UpdateBotInput = SourceSdkId & {
  readonly key: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
};
export type AskThreadInput = {
  readonly domainId: string;
  readonly threadId: string;
  readonly by: string;
  readonly why: string;
  readonly because: HandoverAsked['because'];
  readonly key: string;
};
export type LaneOutcome =
  { readonly is: 'done' } | { readonly is: 'refused'; readonly code: string };

export type SourceSdkActivities = {
  readSourceSdkSettings(input: { readonly source: string }): Promise<SourceSdkSettings>;
  /** Repeatable: the platform recognises objects by our ids. */
  pushToEngage(input: PushInput): Promise<LaneOutcome>;
  /** Delivers at least once; the Source SDK bot recognises duplicates by `key`. */
  updateSourceSdkBot(input: UpdateBotInput): Promise<LaneOutcome>;
  /** Repeatable: requests with the same key count once. */
  askThreadForHandover(input: AskThreadInput): Promise<LaneOutcome>;
};

/** Refusal code: the thread's rules keep the conversation with the bot. */
export const notNow = 'notNow';
