/** A handover that is decided and waits for the answer who is available. */
import type { HandoverReason } from '../../contract/reason.js';
import type { BotReply } from '../../../bots/bot.js';

/** What a handover is to be, while the desk is asked who is there. */
export type WantedHandover = {
  readonly because: HandoverReason;
  /** What the bot says with it; without any, the source's text. */
  readonly farewell: readonly Said[];
  /** Custom fields of the intervention. */
  readonly fields?: Readonly<Record<string, string>>;
  /** For the human, in the bot's own words. */
  readonly reason?: string;
};

export type Said = string | BotReply;
