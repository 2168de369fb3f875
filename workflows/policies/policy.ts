/**
 * The policy port: one business rule a file, pure and total. A policy is shown a moment of the
 * conversation and decides, or passes to the next by `undefined`. It never acts: `core.ts` does.
 */
import type { BotAnswer } from '../../bots/bot.js';
import type { Content } from '../engage-event.js';
import type { SourceSettings } from '../source-settings.js';

/** Where a rule may speak. */
export type Moment =
  /** A turn begins: the customer said this, the bot has not been asked yet. */
  | { readonly at: 'turnBegins'; readonly contents: readonly Content[] }
  | { readonly at: 'botAnswered'; readonly answer: BotAnswer }
  /** The bot gave no answer within its budget. `failedTurns` counts this one. */
  | { readonly at: 'botFailed'; readonly failedTurns: number }
  /** A human's intervention is closed and the settle window has passed. */
  | { readonly at: 'interventionSettled' }
  /** The customer writes to a closed thread, within the inclusion delay. */
  | { readonly at: 'customerReturns'; readonly closedBy: 'bot' | 'agent' };

export type HandoverReason =
  'customerAsked' | 'botGaveUp' | 'botFailed' | 'replyRefused' | 'operatorAsked';

export type Decision =
  | { readonly do: 'handOver'; readonly because: HandoverReason }
  /** The bot says its apology and keeps the thread. */
  | { readonly do: 'apologise' }
  /** After a human: whose are the thread's categories, and the next content? */
  | { readonly do: 'reopenTo'; readonly owner: 'bot' | 'agent' };

/** Same moment and settings in, same decision out. */
export type Policy = (moment: Moment, settings: SourceSettings) => Decision | undefined;
