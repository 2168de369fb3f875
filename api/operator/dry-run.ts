/** Counts what an emergency would do, by Temporal's searches. It changes nothing. */
import type { Emergencies } from '../../temporal/emergencies.js';
import type { EmergencyView, ThreadSearch } from '../../workflows/contract/index.js';
import type { Names } from './scope.js';

type Count = Emergencies['count'];

/** By source: threads by phase. Those in phase `bot` would move. */
export async function countToMove(count: Count, sources: Names['sources']): Promise<object> {
  const counted = [];
  for (const { name, bot } of sources) {
    const phases = await countPhases(count, name);
    counted.push({ source: name, bot, wouldMove: phases.bot, phases });
  }
  return { wouldMove: sum(counted.map(({ wouldMove }) => wouldMove)), sources: counted };
}

async function countPhases(count: Count, source: string) {
  const of = (phase: ThreadSearch['phase']) => count({ phase, sources: [source] });
  return { bot: await of('bot'), handover: await of('handover'), agent: await of('agent') };
}

/** Threads that an emergency moved to agents and that no agent has engaged yet. */
export async function countToReturn(
  count: Count,
  sources: Names['sources'],
  others: readonly EmergencyView[],
): Promise<object> {
  const isHeld = (name: string) =>
    others.some(({ scope, sources: held }) => 'all' in scope || held?.includes(name));
  const counted = [];
  for (const { name, bot } of sources) {
    const search = { phase: 'handover', reason: 'emergency', sources: [name] } as const;
    const wouldReturn = isHeld(name) ? 0 : await count(search);
    counted.push({ source: name, bot, wouldReturn });
  }
  return { wouldReturn: sum(counted.map(({ wouldReturn }) => wouldReturn)), sources: counted };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
