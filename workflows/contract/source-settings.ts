/**
 * What the business decided for one source, as a thread carries it: a snapshot taken when a run
 * starts, so a changed file never changes a conversation in the middle. Durations in milliseconds.
 * Defaults, validation and the words of each setting: `settings/business.ts`.
 */
import type { Channel } from '../../bots/bot.js';
import type { Escalations } from './escalation.js';

export type SourceSettings = {
  /** The source's name in `baton.config.ts`; `BatonSource` in searches. */
  readonly name: string;
  readonly sourceId: string;
  /** Who we are on the platform: what these post is ours, whatever brings it back. */
  readonly botUser: { readonly userId: string; readonly identityIds: readonly string[] };
  /** Identities whose contents are nobody's words: welcome messages, surveys. */
  readonly automaticIdentityIds: readonly string[];
  readonly categories: { readonly bot: string; readonly agent: string };
  /** How a thread is given to humans and taken back; absent: by its categories alone. */
  readonly driver?: VirtualAgentDriver | MessengerDriver;
  readonly bot: BotChoice;
  /** Turns that another bot answers; the first that fits. */
  readonly routes?: readonly Route[];
  /** What the channel takes besides text; absent: nothing. */
  readonly channel?: Channel;
  /** Policies by name, in order: the first that decides wins. */
  readonly policies: readonly string[];
  readonly handOverWords: readonly string[];
  /** By which a waiting customer calls the handover off. */
  readonly cancelWords?: readonly string[];
  /** What a customer says who is done, and which begins nothing new. */
  readonly farewellWords?: readonly string[];
  readonly maxFailedTurns: number;
  /** So many handovers for the bot's failures within this time, and the thread stays with humans. */
  readonly loopGuard?: { readonly handovers: number; readonly within: number };
  /** Ask, before a handover, who is there; absent: hand over unasked. */
  readonly desk?: {
    readonly whenClosed: AvailabilityRule;
    readonly whenNobodyIsThere: AvailabilityRule;
  };
  /** What happens when nobody speaks for so long, step by step. */
  readonly escalations?: Escalations;
  /** What the human is told in a comment on the intervention; absent: nothing. */
  readonly handoverNote?: string;
  /** So soon the platform should have made a task of the handover; absent: not checked. */
  readonly confirmHandoverWithin?: number;
  /** What a waiting customer hears of their place in the queue; absent: nothing, and nobody looks. */
  readonly queue?: {
    readonly tellEvery: number;
    readonly say: string;
    readonly sayWithoutWait: string;
  };
  /** Which custom field a key of the bot's means; others mean the field of the same key. */
  readonly profile?: { readonly fields: Readonly<Record<string, string>> };
  /** Quick contents are one turn: `quiet` after the last one, at most `cap` after the first. */
  readonly burst: { readonly quiet: number; readonly cap: number };
  readonly settleWindow: number;
  readonly threadInclusionDelay: number;
  readonly closeWhenSilentFor: number;
  /** How long a closed thread remembers what it has seen. */
  readonly linger: number;
  /** `first`: open one before the first reply. `whenRefused`: only when a reply needs it. */
  readonly openIntervention: 'first' | 'whenRefused' | 'never';
  readonly texts: {
    readonly handover: string;
    readonly handoverFailed: string;
    readonly botFailed: string;
    /** Absent: in an emergency the customer is told nothing. */
    readonly handoverCancelled?: string;
  };
  /** Attention is told to an address of the business; absent: to nobody. */
  readonly alerts?: true;
  /** How long one Engage call may take, our side of it included. */
  readonly callTimeout: number;
  /** An ambiguous reply: look `looks` times, `wait` apart, before sending again, `sends` in all. */
  readonly confirm: { readonly wait: number; readonly looks: number; readonly sends: number };
};

export type BotChoice = {
  readonly name: string;
  /** `inProcess` bots answer from memory; `remote` ones take their time and can be cancelled. */
  readonly runs: 'inProcess' | 'remote';
  /** One try. */
  readonly timeout: number;
  /** All tries of one turn together; after it the turn has failed. */
  readonly budget: number;
};

/** Fits a turn whose newest content is in one of the languages and one of the categories. */
export type Route = {
  /** Absent: any. `pt` is also `pt-BR`. */
  readonly languages?: readonly string[];
  readonly categoryIds?: readonly string[];
  readonly bot: BotChoice;
};

/** `say`: what the customer hears; `{opens}` in it is when the desk opens next. */
export type AvailabilityRule = { readonly do: 'stayWithBot' | 'handOver'; readonly say?: string };

/** The platform's virtual agent: its own calls open, hand over and complete. */
export type VirtualAgentDriver = {
  readonly by: 'virtualAgent';
  /** As the virtual agent's handover rules on the platform name it. */
  readonly trigger?: string;
};

/** Facebook's thread control besides the categories. Ids are Facebook's. */
export type MessengerDriver = {
  readonly by: 'messenger';
  readonly pageId: string;
  /** Our app, and the platform's. */
  readonly appId: string;
  readonly platformAppId: string;
  /** The page's first app: it may take control, and has what nobody else has. */
  readonly primary: 'bot' | 'platform' | 'none';
  /** So long one of the others may take to answer; so often it is tried. */
  readonly within: number;
  readonly tries: number;
};
