/** One call for each of many threads, one after the other at a limited rate; refusals are named. */
import { setTimeout as pause } from 'node:timers/promises';
import { CliError } from './cli-error.js';

export type Outcome = { readonly id: string; readonly refused?: string };

const minute = 60_000;

/** @returns milliseconds between two calls. @throws CliError */
export function readPace(perMinute: string): number {
  const number = Number(perMinute);
  if (!(number >= 1)) throw new CliError('--per-minute: expected a number of at least 1');
  return minute / number;
}

export async function oneByOne(
  ids: readonly string[],
  pace: number,
  act: (id: string) => Promise<unknown>,
): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const id of ids) {
    if (outcomes.length > 0) await pause(pace);
    outcomes.push(await outcomeOf(id, act));
  }
  return outcomes;
}

async function outcomeOf(id: string, act: (id: string) => Promise<unknown>): Promise<Outcome> {
  try {
    await act(id);
    return { id };
  } catch (error) {
    if (error instanceof CliError) return { id, refused: error.message };
    throw error;
  }
}

/** Threads by the reason of their refusal, and the counts. */
export function describeOutcomes(outcomes: readonly Outcome[]): string {
  const ids = new Map<string, string[]>();
  for (const { id, refused } of outcomes) {
    if (refused !== undefined) ids.set(refused, [...(ids.get(refused) ?? []), id]);
  }
  const lines = [...ids].map(([why, of]) =>
    [`${of.length} refused: ${why}`, ...of.map((id) => `  ${id}`)].join('\n'),
  );
  const refused = [...ids.values()].flat().length;
  return [...lines, `${outcomes.length - refused} done, ${refused} refused`].join('\n');
}
