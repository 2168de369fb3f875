/** A decided handover that waits for the check of agent availability. */
import type { HandoverReason } from '../../contract/reason.js';
import type { BotReply } from '../../../bots/bot.js';
import type { OutboxItem } from './outbox-item.js';

/** Details of the handover, kept during the check. */
export type WantedHandover = {
  readonly because: HandoverReason;
  /** What the bot says with the handover; if empty, the source's text is used. */
  readonly farewell: readonly Said[];
  /** Custom fields of the intervention. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Reason for the human, in the bot's own words. */
  readonly reason?: string;
  /** Sent if no human is there and the bot keeps the thread. */
  readonly instead?: readonly OutboxItem[];
};

export type Said = string | BotReply;
