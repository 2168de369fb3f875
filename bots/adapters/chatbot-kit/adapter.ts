/**
 * `chatbotKit`: runs an unmodified bot written for RingCentral's JavaScript chatbot kit for Engage
 * Digital.
 *
 * As in the kit, for each content of the burst the event goes to the skills first, then to the bot. The
 * calls it makes through the client become the turn's answer, which Baton executes once. A bot that throws
 * has given no answer, and is asked again with the same event ids.
 */
import { z } from 'zod';
import { defineAdapter, type BotContext } from '../../adapter.js';
import type { Asking, Bot, BotAnswer, BotTurn } from '../../bot.js';
import { KitClient } from './client.js';
import { createKitEvent, type KitEvent, type ReadContent } from './event.js';
import { loadKitBot, type Given, type KitBot } from './load.js';
import { Round } from './round.js';
import { describeFailure, unlessWithdrawn } from './running.js';

const settings = z.strictObject({
  /** The bot's file: a path from where Baton is started, or a `file:` URL. */
  module: z.string().min(1),
  /** Further skills, called after the bot's own. */
  skills: z.array(z.string().min(1)).default([]),
  /** Reads each content from the platform first, so that the event has all fields that bots may use. */
  readContents: z.boolean().default(true),
});
type Settings = z.output<typeof settings>;

export const chatbotKit = defineAdapter({
  settings,
  runs: () => 'remote',
  timeout: () => 30_000,
  create: createKitBot,
});

function createKitBot(of: Settings, context: BotContext): Bot {
  let loading: Promise<KitBot> | undefined;
  const loaded = () => (loading ??= loadKitBot(of, `bots.${context.name}.chatbotKit`));
  return {
    runs: 'remote',
    async start() {
      const { skills } = await loaded();
      const count = skills.filter(({ appExtend }) => appExtend !== undefined).length;
      if (count > 0)
        context.warn?.({ skills: count }, 'routes of skills (appExtend) are not served');
    },
    async answer(turn, asking) {
      return answer(await loaded(), turn, asking, { ...context, ...of });
    },
  };
}

type With = BotContext & Settings;

async function answer(
  bot: KitBot,
  turn: BotTurn,
  { signal }: Asking,
  context: With,
): Promise<BotAnswer> {
  const { burst, record } = turn;
  const round = new Round({
    contentIds: [...burst.map(({ id }) => id), ...record.map(({ contentId }) => contentId)],
    agentCategoryId: context.agentCategoryOf?.(turn.sourceName),
  });
  try {
    await unlessWithdrawn(signal, play(bot, round, turn, signal, context));
  } finally {
    round.end();
  }
  const { lostForAgents: lost } = round;
  if (lost > 0) context.warn?.({ turn: turn.id, lost }, 'meant for agents, but not handed over');
  return round.answer();
}

/** Processes all contents with one client, one after the other. */
async function play(
  bot: KitBot,
  round: Round,
  turn: BotTurn,
  signal: AbortSignal,
  context: With,
): Promise<void> {
  const client = new KitClient(round, context);
  for (const content of turn.burst) {
    const read = context.readContents ? await contentOf(content.id, context) : {};
    if (typeof read['thread_id'] === 'string') round.threadId = read['thread_id'];
    if (signal.aborted) return;
    try {
      await handleEvent(bot, createKitEvent(turn, content, read), client);
    } catch (error) {
      throw describeFailure(error, context.name);
    }
  }
  await client.settled();
}

/**
 * In the kit's order: each skill, and then the bot, receives whether an earlier skill has handled the
 * event.
 */
async function handleEvent(bot: KitBot, event: KitEvent, client: KitClient): Promise<void> {
  let handled: Given['handled'] = false;
  const { shouldUseSignature } = bot;
  for (const skill of bot.skills) {
    if (typeof skill.onEvent !== 'function') continue;
    const returned = await skill.onEvent({ event, client, shouldUseSignature, handled });
    handled = handled || returned;
  }
  await bot.onEvent({ event, client, handled });
}

/** A content that the platform does not return is left out. */
async function contentOf(id: string, { engageGet }: With): Promise<ReadContent> {
  if (!engageGet) return {};
  try {
    return Object(await engageGet(`/contents/${encodeURIComponent(id)}`, [])) as ReadContent;
  } catch (error) {
    const { status } = Object(error) as { readonly status?: unknown };
    if (status === 403 || status === 404) return {};
    throw error;
  }
}
