/**
 * The message contract of a Source SDK conversation: one that a bot outside Baton has with a customer,
 * and that enters Engage through a channel of ours (Source SDK).
 */
import { defineQuery, defineSignal } from '@temporalio/workflow';
import type { Phase } from './lifecycle.js';
import type { SourceSdkId } from './source-sdk-ids.js';

/** The workflow type. */
export const sourceSdkWorkflow = 'sourceSdkConversation';

export * from './source-sdk-ids.js';

/** The customer, as the platform's user object has them. */
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
  /** For the human who takes over. */
  readonly why: string;
};

/** What a human, or Baton itself, says to the customer through the platform. */
export type AgentSaid = {
  readonly type: 'agentSaid';
  /** The platform's id of the content: the idempotency key all the way. */
  readonly contentId: string;
  readonly from: 'agent' | 'baton';
  readonly body: string;
  readonly senderName?: string;
  readonly createdAt?: string;
  readonly attachments?: readonly Attachment[];
  readonly structuredContent?: unknown;
};

/** What the thread that accompanies it on the platform tells. */
export type ThreadMoved = {
  readonly type: 'threadMoved';
  readonly domainId: string;
  readonly threadId: string;
  readonly phase: Phase;
  readonly reason: string;
  /** Unix milliseconds by Temporal's clock: the newest is what is so. */
  readonly at: number;
};

export type SourceSdkEvent =
  | { readonly type: 'customerKnown'; readonly customer: SourceSdkCustomer }
  | { readonly type: 'said'; readonly message: SourceSdkMessage }
  | HandoverAsked
  | AgentSaid
  /** `estimatedWait`: milliseconds, as everywhere inside. */
  | { readonly type: 'queueMoved'; readonly position?: number; readonly estimatedWait?: number }
  | { readonly type: 'typing'; readonly isTyping: boolean }
  | ThreadMoved;

/** What happened, in any order, any number of times. */
export const sourceSdkEvents = defineSignal<[readonly SourceSdkEvent[]]>('sourceSdkEvents');

/** No word of what anybody said. */
export type SourceSdkCard = {
  readonly phase: 'bot' | 'handover' | 'agent';
  readonly threadId?: string;
  readonly said: number;
  readonly notPushed: number;
  readonly owedToBot: number;
  readonly attention?: string;
  readonly counts: Readonly<Record<string, number>>;
};
export const describeSourceSdk = defineQuery<SourceSdkCard>('describeSourceSdk');
/** One message of ours as the platform's object, while it is remembered. */
export const showSourceSdkMessage = defineQuery<object | undefined, [string]>(
  'showSourceSdkMessage',
);

export type SourceSdkInput = SourceSdkId & {
  /** Set by continue-as-new only. */
  readonly carried?: unknown;
};

/** What the business decided for such a source: a snapshot each run takes. */
export type SourceSdkSettings = {
  readonly sourceId: string;
  /** `handovers`: nothing enters the platform before a human is asked for. */
  readonly forward: 'handovers' | 'all';
  /** Controlled identities: the Source SDK bot's, and the one agents write in. */
  readonly botIdentity: { readonly id: string; readonly screenname: string };
  readonly agentIdentity: { readonly id: string; readonly screenname: string };
  /** Nobody has said anything for so long: the conversation is forgotten. */
  readonly forgetAfter: number;
  /** The Source SDK bot's server is away for longer: what is owed to it is given up. */
  readonly giveUpAfter: number;
  /** By when a handover must be confirmed; absent for runs begun before there was such a deadline. */
  readonly confirmWithin?: number;
  readonly queueUnit: 'seconds' | 'milliseconds';
};

export type PushInput = {
  readonly sourceId: string;
  readonly action: string;
  readonly params: Readonly<Record<string, unknown>>;
};
export type TellInput = SourceSdkId & {
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
  takeSourceSdkSettings(input: { readonly source: string }): Promise<SourceSdkSettings>;
  /** Repeatable: the platform knows what it has by our ids. */
  pushToEngage(input: PushInput): Promise<LaneOutcome>;
  /** At least once; the key lets the Source SDK bot make it once. */
  tellSourceSdkBot(input: TellInput): Promise<LaneOutcome>;
  /** Repeatable: the same key is the same question. */
  askThreadForHandover(input: AskThreadInput): Promise<LaneOutcome>;
};

/** The thread's rules kept the conversation with the bot. */
export const notNow = 'notNow';
