/** A scripted bot's state of a conversation, and its form in the bot's memory. */
import type { BotMemory, BotTurn } from '../../bot.js';
import { readItems, type ChoiceItems } from './choices.js';

export type Memory = {
  readonly hasGreeted: boolean;
  /** Number of consecutive turns without an answer. */
  readonly misses: number;
  /** The slot asked for: the answer it belongs to, and how often it has been asked. */
  readonly asking?: { readonly answer: number; readonly slot: string; readonly tries: number };
  /** Choices that the customer may choose from. */
  readonly offered: ChoiceItems;
  /** Values for the agent, by slot; values about the customer are in the profile. */
  readonly values: Readonly<Record<string, string>>;
};

export function readMemory({ memory }: Pick<BotTurn, 'memory'>): Memory {
  const { hasGreeted, misses, asking, offered, values } = memory;
  const asked = isObject(asking) ? asking : {};
  const { answer, slot, tries } = asked;
  const isAsking = typeof answer === 'number' && typeof slot === 'string';
  return {
    hasGreeted: hasGreeted === true,
    misses: typeof misses === 'number' ? misses : 0,
    offered: readItems(offered),
    values: strings(values),
    ...(isAsking && { asking: { answer, slot, tries: typeof tries === 'number' ? tries : 0 } }),
  };
}

/** Leaves out empty values, to stay small. */
export function toMemory({ hasGreeted, misses, asking, offered, values }: Memory): BotMemory {
  return {
    hasGreeted,
    misses,
    ...(asking && { asking }),
    ...(offered.length > 0 && { offered }),
    ...(Object.keys(values).length > 0 && { values }),
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function strings(value: unknown): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const entries = Object.entries(value).filter((entry): entry is [string, string] => {
    return typeof entry[1] === 'string';
  });
  return Object.fromEntries(entries);
}
