/** A bot as `baton.config.ts` would have it, made as a worker makes it; and what it is asked with. */
import type { Asking, Bot } from '../../../bots/bot.js';
import type { BatonConfig } from '../../../settings/business.js';
import { botSchema } from '../../../settings/bots.js';
import { createBots } from '../../../worker/bots.js';

export function madeBot(
  config: BatonConfig['bots'][string],
  environment: Readonly<Record<string, string>> = {},
): Bot {
  const bot = createBots({ tester: botSchema.parse(config) }, { environment }).bots.get('tester');
  if (!bot) throw new Error('no bot was made');
  return bot;
}

/** Nobody withdraws the question, and there is no later. */
export function asking(more: Partial<Asking> = {}): Asking {
  return { signal: new AbortController().signal, conversationId: 'conversation-1', ...more };
}

/** What went wrong, as an activity sees it. */
export async function failureOf(call: Promise<unknown>): Promise<Failure | undefined> {
  return call.then(
    () => undefined,
    (error: unknown) => error as Failure,
  );
}
export type Failure = Error & { readonly isFinal?: boolean; readonly retryAfter?: number };
