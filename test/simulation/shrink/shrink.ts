/**
 * Makes a failing plan smaller while it still fails: fewer acts, fewer faults, fewer settings, simpler times.
 * Deterministic; ends when nothing can be left out, or after a number of tries.
 */
import type { Act, Plan } from '../plan/plan.js';
import type { SourceChoices } from '../world/business.js';

export type Shrinking = {
  readonly fails: (plan: Plan) => Promise<boolean>;
  /** Plans played at most. */
  readonly tries?: number;
};

export async function shrink(plan: Plan, { fails, tries = 300 }: Shrinking): Promise<Plan> {
  let left = tries;
  const still = async (smaller: Plan) => {
    left -= 1;
    return left >= 0 && (await fails(smaller));
  };
  let best = plan;
  for (let before: Plan | undefined; before !== best && left > 0;) {
    before = best;
    for (const pass of [withoutCustomers, withoutActs, withoutFaults, withoutSettings, sooner]) {
      best = await pass(best, still);
    }
  }
  return best;
}

type Still = (plan: Plan) => Promise<boolean>;

async function withoutCustomers(plan: Plan, still: Still): Promise<Plan> {
  let best = plan;
  const whos = new Set(plan.acts.flatMap((act) => ('who' in act ? [act.who] : [])));
  for (const who of whos) {
    const acts = best.acts.filter((act) => !('who' in act) || act.who !== who);
    if (acts.length < best.acts.length && (await still({ ...best, acts })))
      best = { ...best, acts };
  }
  return best;
}

/** Halves, quarters, …, single acts. */
async function withoutActs(plan: Plan, still: Still): Promise<Plan> {
  let best = plan;
  for (
    let size = Math.ceil(best.acts.length / 2);
    size >= 1;
    size = size === 1 ? 0 : Math.ceil(size / 2)
  ) {
    for (let from = 0; from < best.acts.length;) {
      const acts = best.acts.toSpliced(from, size);
      if (await still({ ...best, acts })) best = { ...best, acts };
      else from += size;
    }
  }
  return best;
}

/** One kind of fault less, in one act after the other. */
async function withoutFaults(plan: Plan, still: Still): Promise<Plan> {
  let best = plan;
  for (const [index, act] of plan.acts.entries()) {
    if (act.do !== 'conditions' || best.acts[index] !== act) continue;
    for (const part of ['platform', 'network', 'temporal'] as const) {
      for (const name of Object.keys(act[part] ?? {})) {
        const now = best.acts[index] as Extract<Act, { readonly do: 'conditions' }>;
        const acts = best.acts.with(index, { ...now, [part]: without(now[part] ?? {}, name) });
        if (await still({ ...best, acts })) best = { ...best, acts };
      }
    }
  }
  return best;
}

async function withoutSettings(plan: Plan, still: Still): Promise<Plan> {
  let best = plan;
  for (const name of Object.keys(plan.business.source ?? {})) {
    const source = without(best.business.source ?? {}, name) as SourceChoices;
    const smaller = { ...best, business: { ...best.business, source } };
    if (await still(smaller)) best = smaller;
  }
  return best;
}

/** Whole seconds, and pauses of at most a minute. */
async function sooner(plan: Plan, still: Still): Promise<Plan> {
  let best = plan;
  for (const longest of [60_000, 600_000, 3_600_000]) {
    const acts: Act[] = [];
    let [before, at] = [0, 0];
    for (const act of best.acts) {
      at += Math.min(Math.ceil((act.at - before) / 1_000) * 1_000, longest);
      before = act.at;
      acts.push({ ...act, at });
    }
    const calmAt = at + 60_000;
    const smaller = { ...best, acts, calmAt, endAt: calmAt + (best.endAt - best.calmAt) };
    if (at < (best.acts.at(-1)?.at ?? 0) && (await still(smaller))) best = smaller;
  }
  return best;
}

function without(of: object, name: string): object {
  return Object.fromEntries(Object.entries(of).filter(([key]) => key !== name));
}
