/**
 * What a conversation has cost so far, kept in the bot's memory under one key. A new conversation on the
 * same thread begins at nothing. Not counted is what came to nothing: an attempt that failed, an answer
 * that a newer message made void.
 */
import { z } from 'zod';
import type { BotMemory, BotTurn } from '../../bot.js';
import type { ModelSettings } from './settings.js';

const key = 'openaiCompatible';

const spentSchema = z.object({ episode: z.number(), turns: z.number(), tokens: z.number() });

export type Spent = z.output<typeof spentSchema>;

/** Before this question; its turn is counted when it is asked first, not again after tools. */
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

/** Why nothing more may be asked in this conversation, for whom it is handed over to. */
export function ceilingReached(spent: Spent, { maxTurns, maxTokens }: Ceilings) {
  if (spent.turns > maxTurns) return `the bot has answered ${maxTurns} times, as often as it may`;
  if (spent.tokens < maxTokens) return undefined;
  return `the bot has used ${spent.tokens} tokens of the ${maxTokens} it may`;
}
