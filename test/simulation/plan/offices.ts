/** What administrators and operators do, seldom, and agents as a group: they come and go home. */
import type { Random } from '../host/random.js';
import { commands, type Act } from './plan.js';

const minute = 60_000;

export type Span = { readonly from: number; readonly until: number };

export function administrate(random: Random, { from, until }: Span, often: number): readonly Act[] {
  const at = () => random.integer(from, until);
  const acts: Act[] = [];
  for (let n = random.integer(0, often); n > 0; n -= 1) {
    acts.push(
      random.pick<() => Act>([
        () => ({
          at: at(),
          do: 'agents change status',
          to: random.pick(['available', 'away', 'gone'] as const),
        }),
        () => ({
          at: at(),
          do: 'administrator sets default category',
          to: random.pick(['bot', 'bot', 'agent', 'none'] as const),
        }),
        () => ({ at: at(), do: 'administrator switches emergency rule', on: random.chance(0.3) }),
      ])(),
    );
  }
  return acts;
}

export function operate(
  random: Random,
  { from, until }: Span,
  { customers, often }: { readonly customers: number; readonly often: number },
): readonly Act[] {
  const at = () => random.integer(from, until);
  const who = () => random.integer(0, customers - 1);
  const acts: Act[] = [];
  for (let n = random.integer(0, often); n > 0; n -= 1) {
    const command = random.pick(commands);
    const forMs = random.integer(1, 60) * minute;
    acts.push(
      random.pick<() => Act>([
        () => ({ at: at(), do: 'operator commands', who: who(), command }),
        () => ({ at: at(), do: 'operator commands', who: who(), command }),
        () => ({ at: at(), do: 'operator pauses bot', who: who(), forMs }),
        () => ({ at: at(), do: 'customers merge', who: who(), into: who() }),
        () => ({ at: at(), do: 'reconcile' }),
      ])(),
    );
  }
  return random.chance(0.25) ? [...acts, ...emergency(random, { from, until })] : acts;
}

function emergency(random: Random, { from, until }: Span): readonly Act[] {
  const begins = random.integer(from, until);
  const scope = random.pick(['all', 'chat', 'messages'] as const);
  const ends = Math.min(begins + random.integer(10_000, 120 * minute), until);
  return [
    { at: begins, do: 'operator declares emergency', scope },
    { at: ends, do: 'operator ends emergency' },
  ];
}
