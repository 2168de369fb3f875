/**
 * Settings of one source, as a thread carries them: a snapshot taken at the start of a run, so that a
 * changed file never changes a conversation midway. Durations in milliseconds. Defaults, validation
 * and the explanation of each setting: `settings/business.ts`.
 */
import type { Channel } from '../../bots/bot.js';
import type { Escalations } from './escalation.js';
import type { OpeningHours } from './opening-hours.js';

export type SourceSettings = {
  /** The source's name in `baton.config.ts`; `BatonSource` in searches. */
  readonly name: string;
  readonly sourceId: string;
  /**
   * The bot's user and identities on the platform. Contents of these are ours, however they come back.
   */
  readonly botUser: { readonly userId: string; readonly identityIds: readonly string[] };
  /** Identities that post only automated messages, such as welcome messages and surveys. */
  readonly automaticIdentityIds: readonly string[];
  readonly categories: { readonly bot: string; readonly agent: string };
  /** How a thread is handed to humans and returned; absent: by categories alone. */
  readonly driver?: VirtualAgentDriver | MessengerDriver;
  readonly bot: BotChoice;
  /** Rules that assign a turn to another bot; the first match wins. */
  readonly routes?: readonly Route[];
  /** Kinds of replies that the channel takes besides text; absent: none. */
  readonly channel?: Channel;
  /** Names of policies in order; the first that decides wins. */
  readonly policies: readonly string[];
  readonly handOverWords: readonly string[];
  /** Words by which a waiting customer cancels the handover. */
  readonly cancelWords?: readonly string[];
  /** Farewell words; a content of these alone starts no new conversation. */
  readonly farewellWords?: readonly string[];
  readonly maxFailedTurns: number;
  /** After this many handovers for the bot's failures within this time, the thread stays with humans. */
  /** After so many turns `within` this time, or `equal` contents in a row, the bot is silent. */
  readonly turnGuard?: { readonly turns: number; readonly within: number; readonly equal: number };
  readonly loopGuard?: { readonly handovers: number; readonly within: number };
  /** Check of agent availability before a handover; absent: hand over without a check. */
  readonly availability?: {
    readonly whenClosed: AvailabilityRule;
    readonly whenNobodyIsThere: AvailabilityRule;
  };
  /** Working hours of the source's agents; absent: always. Escalations for humans count them. */
  readonly hours?: OpeningHours;
  /** A nudge of a silent customer that comes due outside `hours`; absent: `wait`. */
  readonly nudgeOutsideHours?: 'wait' | 'send';
  /** Escalation policies: steps that run while nobody answers. */
  readonly escalations?: Escalations;
  /** Comment on the intervention for the human; absent: no comment. */
  readonly handoverNote?: string;
  /** Time within which the platform should create a task for a handover; absent: not checked. */
  readonly confirmHandoverWithin?: number;
  /** Texts about the queue position for a waiting customer; absent: the position is not polled. */
  readonly queue?: {
    readonly tellEvery: number;
    readonly say: string;
    readonly sayWithoutWait: string;
  };
  /** Maps keys of the bot to custom fields; other keys mean the field with the same key. */
  readonly profile?: { readonly fields: Readonly<Record<string, string>> };
  /**
   * Contents in quick succession form one turn: `quiet` after the last, at most `cap` after the first.
   */
  readonly burst: { readonly quiet: number; readonly cap: number };
  readonly settleWindow: number;
  readonly threadInclusionDelay: number;
  readonly closeWhenSilentFor: number;
  /** A reply that the channel does not deliver: `handOver` asks for a human, besides attention. */
  readonly whenUndelivered?: 'raiseAttention' | 'handOver';
  /** What happens to a reply of the bot that can be sent only after this time; absent: it is sent. */
  readonly lateReplies?: LateReplies;
  /** Replies and changes of category that the platform does not take are tried again for this time. */
  readonly giveUpAfter: number;
  /** How long a closed thread remembers the events it has received. */
  readonly linger: number;
  /** `first`: open one before the first reply. `whenRefused`: only if a reply is refused without one. */
  readonly openIntervention: 'first' | 'whenRefused' | 'never';
  readonly texts: {
    readonly handover: string;
    readonly handoverFailed: string;
    readonly botFailed: string;
    readonly handoverCancelled?: string;
    /** Absent: in an emergency the customer is sent nothing. */
    readonly emergency?: string | undefined;
  };
  /** Send alerts to the business's address; absent: no alerts. */
  readonly alerts?: true;
  /** Timeout of one Engage call, including queueing on our side. */
  readonly callTimeout: number;
  /** Ambiguous replies: search `looks` times, `wait` apart, before sending again. */
  readonly confirm: { readonly wait: number; readonly looks: number };
};

/** `after`: milliseconds in the outbox. `say`: the apology. */
export type LateReplies = {
  readonly after: number;
  readonly do: 'send' | 'askAgain' | 'apologise' | 'handOver';
  readonly say: string;
};

export type BotChoice = {
  readonly name: string;
  /** `inProcess` bots answer from memory; `remote` bots take time and can be cancelled. */
  readonly runs: 'inProcess' | 'remote';
  /** Timeout of one attempt. */
  readonly timeout: number;
  /** Time for all attempts of one turn together; after it the turn has failed. */
  readonly budget: number;
};

/** Matches a turn whose newest content is in one of the languages and one of the categories. */
export type Route = {
  /** Absent: any language. `pt` also matches `pt-BR`. */
  readonly languages?: readonly string[];
  readonly categoryIds?: readonly string[];
  readonly bot: BotChoice;
};

/** `say`: text to the customer; `{opens}` is replaced by the time of the next opening. */
export type AvailabilityRule = { readonly do: 'stayWithBot' | 'handOver'; readonly say?: string };

/** The platform's virtual agent: its calls open, hand over and complete an intervention. */
export type VirtualAgentDriver = {
  readonly by: 'virtualAgent';
  /** Name of the trigger in the virtual agent's handover rules on the platform. */
  readonly trigger?: string;
};

/** Facebook's thread control, in addition to the categories. Ids are Facebook's. */
export type MessengerDriver = {
  readonly by: 'messenger';
  readonly pageId: string;
  /** Our app, and the platform's app. */
  readonly appId: string;
  readonly platformAppId: string;
  /** The page's primary app: it may take control at any time, and has it by default. */
  readonly primary: 'bot' | 'platform' | 'none';
  /** `within`: timeout for an answer of another party, in milliseconds; `tries`: number of attempts. */
  readonly within: number;
  readonly tries: number;
};
