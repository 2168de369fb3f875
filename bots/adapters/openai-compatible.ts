/**
 * A bot that is a language model behind any endpoint with OpenAI's chat completions API: OpenAI's, another
 * vendor's, or a self-hosted server. `docs/bots/openai-compatible.md` describes its configuration.
 *
 * The model has no side effects of its own: the thread calls its tools, each once, and its replies pass
 * the guardrails.
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
