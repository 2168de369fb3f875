/**
 * The policy port: one business rule a file, pure and total. A policy is shown a moment of the
 * conversation and decides, or passes to the next by `undefined`. It never acts: the core does.
 */
import type { BotAnswer, PlaceInQueue } from '../../bots/bot.js';
import type { Content } from '../contract/engage-event.js';
import type { SourceSettings } from '../contract/source-settings.js';
import type { Availability } from '../contract/work.js';
import type { EscalationName, EscalationStep } from '../contract/escalation.js';
import type { HandoverReason } from '../contract/reason.js';

/** Where a rule may speak. */
export type Moment =
  /** A turn begins: the customer said this, the bot has not been asked yet. */
  | { readonly at: 'turnBegins'; readonly contents: readonly Content[] }
  | { readonly at: 'botAnswered'; readonly answer: BotAnswer }
  /** The bot gave no answer within its budget. `failedTurns` counts this one. */
  | { readonly at: 'botFailed'; readonly failedTurns: number }
  /** A handover is wanted, and the desk was asked who is there. */
  | { readonly at: 'handoverWanted'; readonly because: HandoverReason; readonly desk: Availability }
  /** The customer waits for a human, and writes. */
  | { readonly at: 'customerWaits'; readonly content: Content }
  /** The customer waits for a human, and where they stand is known; `told` is what they heard last. */
  | {
      readonly at: 'placeKnown';
      readonly place: PlaceInQueue;
      readonly told: PlaceInQueue | undefined;
    }
  /** Nobody has spoken for as long as this step says. */
  | {
      readonly at: 'escalationStepReached';
      readonly escalation: EscalationName;
      readonly escalationStep: EscalationStep;
    }
  /** A human's intervention is closed and the settle window has passed. */
  | { readonly at: 'interventionSettled'; readonly recentFailures: number }
  /** The customer writes to a closed thread, within the inclusion delay. */
  | {
      readonly at: 'customerReturns';
      readonly closedBy: 'bot' | 'agent';
      readonly content: Content;
      readonly recentFailures: number;
    }
  /** A human's thread is closed, and the inclusion delay has passed. */
  | { readonly at: 'inclusionPassed' };
/** What a customer hears is text as it is; no text: nothing. */
type Saying = { readonly say?: string };

export type Decision =
  | ({ readonly do: 'handOver'; readonly because: HandoverReason } & Saying)
  /** No human now: the bot keeps the thread and says so. */
  | ({ readonly do: 'stayWithBot'; readonly because: string } & Saying)
  /** The bot says its apology and keeps the thread. */
  | { readonly do: 'apologise' }
  /** The customer need not wait any more, or should not: the bot has the thread again. */
  | ({ readonly do: 'backToBot' } & Saying)
  | ({ readonly do: 'tell' } & Saying)
  /** The humans are told, where they see it, that the customer waits. */
  | { readonly do: 'remind' }
  /** Other humans are asked. */
  | ({ readonly do: 'move'; readonly categoryId: string } & Saying)
  | ({ readonly do: 'close' } & Saying)
  /** After a human: whose are the thread's categories, and the next content? */
  | { readonly do: 'reopenTo'; readonly owner: 'bot' | 'agent' }
  /** After a human: nobody's. The thread is locked on the platform; the next content begins another. */
  | { readonly do: 'lock' }
  /** What the customer said needs nobody. */
  | { readonly do: 'stayQuiet' };

/** Same moment and settings in, same decision out. */
export type Policy = (moment: Moment, settings: SourceSettings) => Decision | undefined;
