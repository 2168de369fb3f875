/**
 * A bot that is a language model behind any endpoint that speaks OpenAI's chat completions: OpenAI's
 * own, another vendor's, or a server of one's own. `docs/bots/openai-compatible.md` tells it to who
 * configures one.
 *
 * The model decides nothing by itself: its tools are called by the thread, each once, and what it says
 * has passed the guardrails.
 */
import type { Bot } from '../bot.js';
import { defineAdapter, type BotContext } from '../adapter.js';
import { answerTo } from './openai/answer.js';
import { createToolCaller } from './openai/call-tool.js';
import { createModel } from './openai/model.js';
import { settingsSchema, type ModelSettings } from './openai/settings.js';

export const openaiCompatible = defineAdapter({
  settings: settingsSchema,
  runs: () => 'remote',
  timeout: () => 60_000,
  secrets: ({ keyFrom, tools }) => {
    const ofTools = Object.values(tools).map(({ secretFrom }) => secretFrom);
    return [...new Set([keyFrom, ...ofTools])].filter((one) => one !== undefined);
  },
  create: createModelBot,
});

function createModelBot(settings: ModelSettings, context: BotContext): Bot {
  const { keyFrom, tools } = settings;
  const key = keyFrom === undefined ? undefined : context.secret(keyFrom);
  const model = createModel(settings, key);
  const warn = context.warn ?? (() => undefined);
  const call = createToolCaller({ tools }, context);
  return {
    runs: 'remote',
    answer: (turn, asking) => answerTo(turn, asking, { settings, model, warn }),
    call,
  };
}
