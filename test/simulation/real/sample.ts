/**
 * Plans that a real Temporal server can play with the same outcome as the model: no faults that are drawn by
 * chance, and no act so near to a timer that a real machine's latency decides. Whether a plan is such a one, the
 * model itself says: with its acts some seconds later, and with other latencies, it must come to the same.
 */
import { createRandom, type Random } from '../host/random.js';
import { generatePlan } from '../plan/generate.js';
import type { Act, Plan } from '../plan/plan.js';

const hour = 3_600_000;
/** From the calm to the end: closed threads have been forgotten by then. */
const rest = 30 * hour;
/** Customers of a plan, and within which time their conversations begin. */
const size = { customers: 3, span: 2 * hour };
/** Milliseconds that an act may be late on a busy machine. */
const latest = 3_000;
/** Milliseconds that looking at the outcome may take. */
const looked = 60_000;
const tries = 3;

/**
 * Of machines, the workers are replaced. The test server has no schedules, and neither lists nor counts workflows:
 * reconciler, emergencies and positions in the queue need that. Outside bots and Messenger are not set up.
 */
const played: readonly Act['do'][] = [
  ...(['customer writes', 'customers merge', 'operator commands', 'operator pauses bot'] as const),
  ...(['agent replies', 'agent takes', 'agent defers', 'agent closes', 'agent ignores'] as const),
  ...(['agent approves', 'agent transfers', 'agent recategorises'] as const),
  ...(['administrator sets default category', 'agents change status'] as const),
  'administrator switches emergency rule',
];

export function samplePlan(seed: number): Plan {
  const plan = generatePlan(seed, size);
  const source = { ...plan.business.source };
  delete source.queue;
  const isOutside = (act: Act) => act.do === 'customer writes' && act.source === 'outside';
  const acts = plan.acts.filter((act) => played.includes(act.do) && !isOutside(act));
  const restarts = restartWorkers(createRandom(seed).fork('restarts'), acts);
  return {
    ...plan,
    business: { source },
    acts: [...acts, ...restarts].toSorted((one, other) => one.at - other.at),
    endAt: plan.calmAt + rest,
  };
}

/**
 * Soon after some act, before or after the bot has answered. On the real server all calls have ended by then, so
 * that workflows are replayed and no call is cut.
 */
function restartWorkers(random: Random, acts: readonly Act[]): readonly Act[] {
  return Array.from({ length: random.integer(0, 2) }, () => {
    const { at } = random.pick(acts);
    return { at: at + random.integer(500, 20_000), do: 'workers start', count: 1 };
  });
}

/** The plan first, and then the same with late acts and other latencies. */
export function variantsOf(plan: Plan): readonly Plan[] {
  const random = createRandom(plan.seed).fork('variants');
  const late = Array.from({ length: tries }, () => {
    let last = 0;
    const acts = plan.acts.map((act) => {
      last = Math.max(last, act.at + random.integer(0, latest));
      return { ...act, at: last };
    });
    // And nothing that is due when the outcome is looked at.
    const calmAt = plan.calmAt + random.integer(0, looked);
    const endAt = plan.endAt + random.integer(0, looked);
    return { ...plan, acts, calmAt, endAt, seed: random.integer(1, 1e9) };
  });
  return [plan, ...late];
}
