/**
 * Usage of a conversation so far, kept in the bot's memory under one key. A new conversation on the same
 * thread starts at 0. Failed attempts and answers discarded because of a newer content are not counted.
 */
import { z } from 'zod';
import type { BotMemory, BotTurn } from '../../bot.js';
import type { ModelSettings } from './settings.js';

const key = 'openaiCompatible';

const spentSchema = z.object({ episode: z.number(), turns: z.number(), tokens: z.number() });

export type Spent = z.output<typeof spentSchema>;

/** Usage before this request; a turn counts once, not again after its tool calls. */
export function spentBefore({ memory, episode, called }: BotTurn): Spent {
  const { success, data } = spentSchema.safeParse(memory[key]);
  const spent = success && data.episode === episode ? data : { episode, turns: 0, tokens: 0 };
  return called.length > 0 ? spent : { ...spent, turns: spent.turns + 1 };
}

export function spend(spent: Spent, tokens: number): Spent {
  return { ...spent, tokens: spent.tokens + tokens };
}

export function rememberSpent(memory: BotMemory, spent: Spent): BotMemory {
  return { ...memory, [key]: spent };
}

type Ceilings = Pick<ModelSettings, 'maxTurns' | 'maxTokens'>;

/** Reason of the handover when a ceiling is reached. */
export function ceilingReached(spent: Spent, { maxTurns, maxTokens }: Ceilings) {
  if (spent.turns > maxTurns) return `the bot has answered ${maxTurns} times, as often as it may`;
  if (spent.tokens < maxTokens) return undefined;
  return `the bot has used ${spent.tokens} tokens of the ${maxTokens} it may`;
}
