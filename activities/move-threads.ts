/**
 * Asks threads to move, at the given pace, a few at a time. Repeatable: each question has an id, and a
 * thread answers a question only once.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { heartbeat } from '@temporalio/activity';
import type {
  EmergencyActivities,
  MoveAnswer,
  MoveThreadsInput,
} from '../workflows/contract/index.js';
import type { Ports } from './ports.js';

/** No further threads are asked after this time, in milliseconds, so that a worker can shut down. */
const longest = 8_000;
const atOnce = 10;
const beat = 2_000;

export const createMoveThreads = (
  { runningThreads }: Pick<Ports, 'runningThreads'>,
  movesPerSecond: number,
): EmergencyActivities['moveThreads'] =>
  async function moveThreads(input) {
    const until = Date.now() + longest;
    const alive = setInterval(heartbeat, beat);
    try {
      return await askInTurn(input, (asked) => runningThreads.ask(asked), {
        pause: 1_000 / movesPerSecond,
        until,
      });
    } finally {
      clearInterval(alive);
    }
  };

type Ask = Ports['runningThreads']['ask'];

async function askInTurn(
  { way, by, why, asked }: MoveThreadsInput,
  ask: Ask,
  { pause, until }: { readonly pause: number; readonly until: number },
): Promise<readonly MoveAnswer[]> {
  const answers: Promise<MoveAnswer>[] = [];
  const open = new Set<Promise<unknown>>();
  for (const [index, one] of asked.entries()) {
    if (index > 0) await sleep(pause);
    if (open.size >= atOnce) await Promise.race(open);
    if (index > 0 && Date.now() > until) break;
    const answer = ask({ ...one, way, by, why });
    answers.push(answer);
    open.add(answer);
    void answer.finally(() => open.delete(answer));
  }
  return Promise.all(answers);
}
