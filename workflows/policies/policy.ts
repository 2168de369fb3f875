/**
 * The policy interface: one business rule per file, pure and total. A policy receives a moment of the
 * conversation and returns a decision, or `undefined` to pass to the next policy. It never acts; the
 * core carries decisions out.
 */
import type { BotAnswer, QueuePosition } from '../../bots/bot.js';
import type { Content } from '../contract/engage-event.js';
import type { SourceSettings } from '../contract/source-settings.js';
import type { Availability } from '../contract/work.js';
import type { EscalationName, EscalationStep } from '../contract/escalation.js';
import type { HandoverReason } from '../contract/reason.js';

/** The moments at which policies are asked. */
export type Moment =
  /** A turn begins with these contents; the bot has not been asked yet. */
  | { readonly at: 'turnBegins'; readonly contents: readonly Content[] }
  | { readonly at: 'botAnswered'; readonly answer: BotAnswer }
  /** The bot gave no answer within its budget. `failedTurns` includes this one. */
  | { readonly at: 'botFailed'; readonly failedTurns: number }
  /** A handover is requested, and agent availability has been checked. */
  | {
      readonly at: 'handoverWanted';
      readonly because: HandoverReason;
      readonly availability: Availability;
    }
  /** The customer waits for a human and writes. */
  | { readonly at: 'customerWaits'; readonly content: Content }
  /** The customer waits for a human at a known queue position; `lastSent` is the position last sent. */
  | {
      readonly at: 'queuePositionKnown';
      readonly queuePosition: QueuePosition;
      readonly lastSent: QueuePosition | undefined;
    }
  /** Nobody has spoken for the time of this escalation step. */
  | {
      readonly at: 'escalationStepReached';
      readonly escalation: EscalationName;
      readonly escalationStep: EscalationStep;
    }
  /** A human closed the intervention and the settle window has passed. */
  | { readonly at: 'interventionSettled'; readonly recentFailures: number }
  /** The customer writes to a closed thread within the inclusion delay. */
  | {
      readonly at: 'customerReturns';
      readonly closedBy: 'bot' | 'agent';
      readonly content: Content;
      readonly recentFailures: number;
    }
  /** A thread closed by a human has passed its inclusion delay. */
  | { readonly at: 'inclusionPassed' };
/** Text sent to the customer as it is; absent: nothing is sent. */
type Saying = { readonly say?: string };

export type Decision =
  | ({ readonly do: 'handOver'; readonly because: HandoverReason } & Saying)
  /** No human now: the bot keeps the thread and says so. */
  | ({ readonly do: 'stayWithBot'; readonly because: string } & Saying)
  /** The bot apologises and keeps the thread. */
  | { readonly do: 'apologise' }
  /** The customer no longer waits for a human: the thread returns to the bot. */
  | ({ readonly do: 'backToBot' } & Saying)
  | ({ readonly do: 'tell' } & Saying)
  /** Reminds the agents, on the platform, that the customer waits. */
  | { readonly do: 'remind' }
  /** Asks other agents, by another category. */
  | ({ readonly do: 'move'; readonly categoryId: string } & Saying)
  | ({ readonly do: 'close' } & Saying)
  /** After a human: which side gets the thread's category and the next content. */
  | { readonly do: 'reopenTo'; readonly owner: 'bot' | 'agent' }
  /** After a human: lock the thread on the platform; the next content starts a new thread. */
  | { readonly do: 'lock' }
  /** The content needs no answer. */
  | { readonly do: 'stayQuiet' };

/** Deterministic: the same moment and settings give the same decision. */
export type Policy = (moment: Moment, settings: SourceSettings) => Decision | undefined;
