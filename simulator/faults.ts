/**
 * Fault injection: which faults, how often, where. A seeded random generator makes a run repeatable. One
 * table defines all faults; unknown names are refused.
 */
import { z } from 'zod';

const where = z
  .string()
  .regex(
    /^((GET|POST|PUT|DELETE) \/|[a-z_]+\.[a-z_]+$)/,
    'expected a call such as PUT /content_threads/*/close, or a type of event',
  );

/**
 * A probability from 0 to 1, optionally limited: at most `times`, only `on` calls such as `POST
 * /contents`, or on events by their type.
 */
const rule = z.union(
  [
    z.number().min(0).max(1),
    z.strictObject({
      rate: z.number().min(0).max(1).default(1),
      times: z.number().int().min(1).optional(),
      on: z.union([where, z.array(where)]).optional(),
      ms: z.number().int().min(0).optional(),
    }),
  ],
  {
    error:
      'expected a rate from 0 to 1, or { rate, times, on, ms } with calls such as on: POST /contents',
  },
);

export const faultsSchema = z.strictObject({
  seed: z.number().int().optional(),
  /** Deliveries: duplicated, reordered, dropped, batched, late. */
  duplicate: rule.optional(),
  reorder: rule.optional(),
  drop: rule.optional(),
  batch: z.number().int().min(2).max(500).optional(),
  delay: rule.optional(),
  /** The channel refuses a content exported to it. */
  'export-failure': rule.optional(),
  /** The known quirks of the platform: strings for flags, nulls for lists. */
  quirks: rule.optional(),
  /** Calls: executed, but with a cut, missing or truncated answer. */
  'lost-answer': rule.optional(),
  hang: rule.optional(),
  truncated: rule.optional(),
  /** Calls: not executed, with a maintenance page as the answer; refused; complete outage. */
  html: rule.optional(),
  '401': rule.optional(),
  '403': rule.optional(),
  '404': rule.optional(),
  '409': rule.optional(),
  '422': rule.optional(),
  '429': rule.optional(),
  '5xx': rule.optional(),
  outage: z.boolean().optional(),
});
export type FaultSettings = z.output<typeof faultsSchema>;
type Rule = z.output<typeof rule>;
export type FaultName = Exclude<keyof FaultSettings, 'seed' | 'batch' | 'outage'>;

/** A call or an event, with the customer of its thread, if there is one. */
type Subject = ({ readonly method: string; readonly path: string } | { readonly type: string }) & {
  readonly customer?: string | undefined;
};

export const refusals = ['401', '403', '404', '409', '422', '429', '5xx'] as const;

/** The account's faults, and those of single customers, which replace the account's. */
export class Faults {
  readonly #account = new FaultSet();
  readonly #customers = new Map<string, FaultSet>();

  /** The account's faults. */
  get settings(): FaultSettings {
    return this.#account.settings;
  }

  /** @param customer limits the faults to this customer's threads; empty settings remove them */
  set(settings: FaultSettings, customer?: string): void {
    if (customer === undefined) this.#account.set(settings);
    else if (Object.keys(settings).length === 0) this.#customers.delete(customer);
    else this.#customers.set(customer, new FaultSet(settings));
  }

  /** Whether this fault applies to this call or event. */
  strikes(name: FaultName, subject: Subject): boolean {
    return this.#for(subject.customer).strikes(name, subject);
  }

  /** Milliseconds from the fault's settings. */
  time(name: FaultName, fallback: number, customer?: string): number {
    return this.#for(customer).time(name, fallback);
  }

  /** Random, up to those milliseconds. */
  timeWithin(name: FaultName, fallback: number, customer?: string): number {
    return this.#for(customer).timeWithin(name, fallback);
  }

  #for(customer: string | undefined): FaultSet {
    return (customer === undefined ? undefined : this.#customers.get(customer)) ?? this.#account;
  }
}

class FaultSet {
  #settings: FaultSettings = {};
  #random = mulberry(1);
  readonly #used = new Map<FaultName, number>();

  constructor(settings: FaultSettings = {}) {
    this.set(settings);
  }

  get settings(): FaultSettings {
    return this.#settings;
  }

  set(settings: FaultSettings): void {
    this.#settings = settings;
    this.#used.clear();
    this.#random = mulberry(settings.seed ?? 1);
  }

  strikes(name: FaultName, subject: Subject): boolean {
    const found = this.#settings[name];
    if (found === undefined) return false;
    const { rate, times, on } = typeof found === 'number' ? { rate: found } : limits(found);
    if (on !== undefined && ![on].flat().some((one) => isOn(one, subject))) return false;
    const used = this.#used.get(name) ?? 0;
    if (times !== undefined && used >= times) return false;
    if (this.#random() >= rate) return false;
    this.#used.set(name, used + 1);
    return true;
  }

  time(name: FaultName, fallback: number): number {
    const found = this.#settings[name];
    return (typeof found === 'object' ? found.ms : undefined) ?? fallback;
  }

  timeWithin(name: FaultName, fallback: number): number {
    return Math.round(this.time(name, fallback) * this.#random());
  }
}

function limits(found: Exclude<Rule, number>): {
  rate: number;
  times?: number;
  on?: string | string[];
} {
  const { rate, times, on } = found;
  return { rate, ...(times !== undefined && { times }), ...(on !== undefined && { on }) };
}

/** In the path of `on`, `*` matches one segment. */
function isOn(on: string, subject: Subject): boolean {
  if ('type' in subject) return on === subject.type;
  const { method, path } = subject;
  const [wantedMethod, wantedPath = ''] = on.split(' ');
  if (wantedMethod !== method) return false;
  const [wanted, given] = [wantedPath.split('/'), path.split('/')];
  return (
    wanted.length === given.length &&
    wanted.every((part, index) => part === '*' || part === given[index])
  );
}

/** A small, well-known generator (mulberry32): repeatable, not secure. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
