/** One burst of customer contents, and all that follows until Baton has sent its last reply to it. */
import type { BotMemory, CalledTool, ToolCall } from '../../../bots/bot.js';
import type { Content } from '../../contract/engage-event.js';
import type { Traced } from '../../contract/trace-context.js';

export type WaitingContent = Traced & {
  readonly content: Content;
  readonly at: number;
  readonly issuedAt: number;
};

export type Turn = {
  /** The id of its newest content. Also the bot's idempotency key. */
  readonly id: string;
  readonly contents: readonly WaitingContent[];
  readonly startedAt: number;
  /** A reply of it is known to have left: it can no longer be superseded. */
  readonly hasSpoken: boolean;
  /** What the bot wants remembered, kept back until it has spoken. */
  readonly remember: BotMemory | undefined;
  /** Tools the bot wants called before it is asked again, and those called already. */
  readonly calls?: readonly ToolCall[] | undefined;
  readonly called?: readonly CalledTool[];
  /** The bot answers by a call of its own, until then. */
  readonly later?: { readonly until: number } | undefined;
};
