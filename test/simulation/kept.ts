/**
 * Kept plans: each once showed a fault that is mended since, and is played for ever. A failing seed is written to
 * `.baton/simulation/failed/`; once its fault is mended, its plan comes to `kept/` under a telling name, with a
 * sentence about what it had shown.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Plan } from './plan/plan.js';

export type Kept = {
  readonly name: string;
  /** What the plan once showed, as its users would have seen it. */
  readonly found: string;
  readonly plan: Plan;
};

const time = z.number().int().nonnegative();
/** What an act says beside its time is read by whoever performs it. */
const actSchema = z.looseObject({ at: time, do: z.string() });
const schema = z.strictObject({
  found: z.string().min(20),
  plan: z.strictObject({
    seed: time,
    business: z.looseObject({}),
    acts: z
      .array(actSchema)
      .min(1)
      .refine((acts) => acts.every(({ at }, index) => at >= (acts[index - 1]?.at ?? 0)), {
        error: 'must be in order of time',
      }),
    calmAt: time,
    endAt: time,
  }),
});

const folder = 'test/simulation/kept';

/** @throws Error that names file and field */
export function readKept(from = folder): readonly Kept[] {
  return readdirSync(from)
    .filter((name) => name.endsWith('.json'))
    .toSorted()
    .map((name) => {
      try {
        const { found, plan } = schema.parse(JSON.parse(readFileSync(join(from, name), 'utf8')));
        return { name: name.replace(/\.json$/, ''), found, plan: plan as unknown as Plan };
      } catch (error) {
        throw new Error(`${join(from, name)}: ${describe(error)}`, { cause: error });
      }
    });
}

function describe(error: unknown): string {
  if (!(error instanceof z.ZodError)) return error instanceof Error ? error.message : String(error);
  return error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ');
}
