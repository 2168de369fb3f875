/**
 * Plans that a real Temporal server can play with the same outcome as the model: no faults that are drawn by
 * chance, and no act so near to a timer that a real machine's latency decides. Whether a plan is such a one, the
 * model itself says: with its acts some seconds later, and with other latencies, it must come to the same.
 */
import { createRandom } from '../host/random.js';
import { generatePlan } from '../plan/generate.js';
import type { Act, Plan } from '../plan/plan.js';

const hour = 3_600_000;
/** Customers of a plan, and within which time their conversations begin. */
const size = { customers: 4, span: 2 * hour };
/** Milliseconds that an act may be late on a busy machine. */
const latest = 3_000;
const tries = 4;

/**
 * Of machines, the workers are replaced; the test server has no schedules and no lists, which reconciler and
 * emergencies need.
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
  const { source = {} } = plan.business;
  return {
    ...plan,
    business: { source },
    acts: plan.acts.filter((act) => played.includes(act.do)),
  };
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
    return { ...plan, acts, seed: random.integer(1, 1e9) };
  });
  return [plan, ...late];
}
