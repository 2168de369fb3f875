/** One burst of customer contents, and everything until Baton has sent its last reply to it. */
import type { BotMemory, CalledTool, ToolCall } from '../../../bots/bot.js';
import type { Content } from '../../contract/engage-event.js';
import type { Traced } from '../../contract/trace-context.js';
import { aboutContent, type About } from './outbox-item.js';

export type WaitingContent = Traced & {
  readonly content: Content;
  readonly at: number;
  readonly issuedAt: number;
  /** A human was requested because of this content: `transitions/unanswered.ts`. */
  readonly isHandedOver?: true;
  /** A reply to it was sent, and it is unknown whether it arrived. */
  readonly mayBeAnswered?: true;
};

export type Turn = {
  /** The id of its newest content. Also the bot's idempotency key. */
  readonly id: string;
  readonly contents: readonly WaitingContent[];
  readonly startedAt: number;
  /** A reply of this turn has reached the platform, so the turn can no longer be superseded. */
  readonly hasSpoken: boolean;
  /** The memory returned by the bot; stored after the bot's reply has been sent. */
  readonly remember: BotMemory | undefined;
  /** Tools that the bot wants called before it is asked again, and those called already. */
  readonly calls?: readonly ToolCall[] | undefined;
  readonly called?: readonly CalledTool[];
  /** Deadline of an answer that the bot has deferred. */
  readonly later?: { readonly until: number } | undefined;
  /** No worker knew the bot, so often; and when it is asked again, unless it is being asked. */
  readonly unknownBot?: { readonly tries: number; readonly nextAttemptAt?: number };
  /** Start of the bot's budget, if that is later than the turn's. */
  readonly budgetFrom?: number;
  /** The bot failed and nothing was sent: its contents stay unanswered. */
  readonly hasFailed?: true;
};

/** The newest content of the turn, which its replies answer. */
export function aboutNewest({ id: contentId, contents }: Turn): About {
  const newest = contents.at(-1);
  return newest ? aboutContent(newest.content) : { contentId, isPrivate: true };
}
