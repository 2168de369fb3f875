/** Builds the question to the bot: the burst and the data about the conversation. Pure data. */
import type { BotTurn, RecordEntry } from '../../../bots/bot.js';
import { recordFor } from './customers.js';
import { channelOf } from './fit-replies.js';
import { answerableUntil } from './bot-routing.js';
import type { ThreadState } from '../state/state.js';
import type { Turn } from '../state/turn.js';

export function questionOf(state: ThreadState, turn: Turn): BotTurn {
  const { settings } = state;
  const record = recordFor(state, turn);
  const locale = turn.contents.findLast(({ content }) => content.language)?.content.language;
  return {
    version: 1,
    id: questionId(state, turn),
    burst: turn.contents.map(({ content }) => ({
      id: content.id,
      body: content.body,
      hasAttachment: content.hasAttachment,
      ...(content.payload !== undefined && { payload: content.payload }),
      ...(content.language !== undefined && { language: content.language }),
    })),
    record,
    humansSaid: sinceBot(record).filter(({ by }) => by === 'agent'),
    memory: turn.remember ?? state.conversation.memory,
    profile: state.conversation.profile?.fields ?? {},
    ...(locale !== undefined && { locale }),
    channel: channelOf(settings),
    deadline: answerableUntil(settings, turn),
    called: turn.called ?? [],
    sourceName: settings.name,
    episode: state.ownership.episode,
    ...(state.human.queue?.current && { queue: state.human.queue.current }),
  };
}

/**
 * Id of a question. A turn may need several: after a tool call, after the bot waited for more input, or
 * because its reply was late.
 */
export function questionId(
  { conversation: { waits, askedAnew }, ownership: { epoch } }: ThreadState,
  { id, called = [] }: Turn,
): string {
  const asked = waits + called.length + (askedAnew?.times ?? 0);
  // A content may be answered again after a human has had the thread.
  const again = epoch > 1 ? `.e${epoch}` : '';
  return asked === 0 ? `${id}${again}` : `${id}${again}.${asked}`;
}

function sinceBot(record: readonly RecordEntry[]): readonly RecordEntry[] {
  return record.slice(record.findLastIndex(({ by }) => by === 'bot') + 1);
}
