/** Fits the bot's replies to the source's channel. Cuts are noted, never with the text. */
import type { BotReply, Channel } from '../../../bots/bot.js';
import { fit, type Cut } from '../../../bots/messages/fit.js';
import type { SourceSettings } from '../../contract/source-settings.js';
import { note, type ThreadState } from '../state/state.js';

const textOnly: Channel = { kind: 'text', structured: [] };
/** Replies in our own app's name can only be text. */
const wordsOnly: Channel = { kind: 'plain', structured: [] };

export function channelOf({ channel, driver }: SourceSettings): Channel {
  return driver?.by === 'messenger' ? wordsOnly : (channel ?? textOnly);
}

/** One reply may become two: the text first, then the structured message. */
export function fitReplies(
  state: ThreadState,
  given: readonly BotReply[],
  now: number,
): { readonly state: ThreadState; readonly replies: readonly BotReply[] } {
  const channel = channelOf(state.settings);
  const fitted = given.map((reply) => fit(reply, channel));
  const noted = fitted.reduce(
    (next, { cut }, i) =>
      cut.length > 0 ? note(next, now, { code: 'replyCut', why: describeCuts(cut, i) }) : next,
    state,
  );
  return { state: noted, replies: fitted.flatMap(({ replies }) => replies) };
}

const listed = 5;

function describeCuts(cut: readonly Cut[], reply: number): string {
  const first = cut.slice(0, listed).map(({ field, why }) => `${field} ${why}`);
  const more = cut.length > listed ? [`and ${cut.length - listed} more`] : [];
  return `replies.${reply}: ${[...first, ...more].join('; ')}`;
}
