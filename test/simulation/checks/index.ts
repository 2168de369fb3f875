/** All that must hold in a simulated world: watched while it runs, and judged from its record at the end. */
import type { Plan } from '../plan/plan.js';
import type { World } from '../world/world.js';
import { lostEvents } from './accepted.js';
import { callsBeyondBudget, largeStates, neverEnding, SizeWatch, spinning } from './bounds.js';
import { brokenSets } from './categories.js';
import { gatherEvidence, type Evidence } from './evidence.js';
import { illegalMoves, movedBack } from './phases.js';
import { escalationsAtNight, givenUpEarly, hiddenAttention } from './promises.js';
import { threadRecord } from './thread-record.js';
import type { Violation } from './violation.js';
import {
  answeredTwice,
  answersOfOldEpochs,
  saidTwice,
  tornCharacters,
  twoVoices,
} from './voices.js';
import { halfOpen, leftWaiting } from './waiting.js';

export type { Violation } from './violation.js';

export type Checks = {
  /** Called when the world is new, and after each act. Draws no random numbers and takes no time. */
  observe(world: World): void;
  /** Reads the cards, for which a minute passes in the world. */
  end(world: World, plan: Plan): Promise<readonly Violation[]>;
};

const atTheEnd: readonly ((evidence: Evidence) => readonly Violation[])[] = [
  // Safety
  ...[twoVoices, answersOfOldEpochs, saidTwice, answeredTwice, tornCharacters],
  ...[lostEvents, brokenSets, illegalMoves, movedBack],
  ...[largeStates, callsBeyondBudget],
  // Liveness
  ...[leftWaiting, halfOpen, hiddenAttention, givenUpEarly, escalationsAtNight],
  ...[spinning, neverEnding],
];

export function createChecks(): Checks {
  const sizes = new SizeWatch();
  return {
    observe(world) {
      world.temporal.watch ??= (run, command) => sizes.see(run, command, world.time.now);
    },
    async end(world, plan) {
      const evidence = await gatherEvidence(world, plan);
      const reported = world.reports.map((what) => ({
        ...{ check: 'replay is equal and no task fails', at: evidence.now, what },
      }));
      const judged = atTheEnd.flatMap((check) => check(evidence));
      return withRecords([...reported, ...sizes.violations, ...judged], evidence);
    },
  };
}

function withRecords(
  violations: readonly Violation[],
  { threads }: Evidence,
): readonly Violation[] {
  const byId = new Map(threads.map((one) => [one.id, one]));
  return violations.map((violation) => {
    const thread = byId.get(violation.thread ?? '');
    if (!thread) return violation;
    byId.delete(thread.id);
    return { ...violation, record: threadRecord(thread) };
  });
}
