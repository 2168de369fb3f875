/** The outcome of a cell, read from the threads of one load generator. */
import type { Counts, Expected } from '../harness/outcome/count.js';
import { readOutcome } from '../harness/outcome/outcome.js';
import { replies } from './config.js';
import type { LoadGenerator } from './load-generator.js';
import type { Cell } from './slice.js';
import type { Stack } from './stack.js';

type Counted = Omit<Cell, 'what' | 'struck'>;

/** A thread that is never at rest has no card, and counts as half open. */
const restWithin = 180_000;
const mostLookFor = 60_000;

/** @param waitLimit how long missing events are looked for, at most a minute */
export async function resultsOf(
  { platform: { account }, server: { workflows } }: Stack,
  { threads, turns }: LoadGenerator,
  waitLimit: number,
): Promise<Counted> {
  const asked = turns.filter(({ body }) => body === replies.human);
  const handedOver = new Set(asked.map(({ threadId }) => threadId));
  const expected: Expected = {
    turns,
    handedOver: [...handedOver],
    withBot: [...threads].filter((id) => !handedOver.has(id)),
    farewell: replies.human,
    // No agent acts in a cell.
    humanPhases: ['handover'],
  };
  const lookFor = Math.min(waitLimit, mostLookFor);
  const run = { account, workflows, threads };
  return countedIn(await readOutcome(run, expected, { lookFor, restWithin }));
}

/** The numbers of a cell, and which events were lost. */
export function countedIn({ lost, ...numbers }: Counts): Counted {
  const details = lost.map(({ id, type, thread }) => `lost: ${type} ${id} of thread ${thread}`);
  return { ...numbers, lost: lost.length, details };
}
