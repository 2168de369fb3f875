/**
 * Faults: what goes wrong, how often, where. Drawn from a seeded source of chance, so that a run can be
 * repeated. One table names all of them; an unknown name is refused.
 */
import { z } from 'zod';

const where = z
  .string()
  .regex(
    /^((GET|POST|PUT|DELETE) \/|[a-z_]+\.[a-z_]+$)/,
    'expected a call such as PUT /content_threads/*/close, or a type of event',
  );

/**
 * A share from 0 to 1, or with limits: at most `times`, only `on` calls such as `POST /contents`,
 * or events by their type.
 */
const rule = z.union([
  z.number().min(0).max(1),
  z.strictObject({
    rate: z.number().min(0).max(1).default(1),
    times: z.number().int().min(1).optional(),
    on: z.union([where, z.array(where)]).optional(),
    ms: z.number().int().min(0).optional(),
  }),
]);

export const faultsSchema = z.strictObject({
  seed: z.number().int().optional(),
  /** Deliveries: sent again; out of order; never sent; so many at once; late. */
  duplicate: rule.optional(),
  reorder: rule.optional(),
  drop: rule.optional(),
  batch: z.number().int().min(2).max(500).optional(),
  delay: rule.optional(),
  /** The channel refuses what the platform exports to it. */
  'export-failure': rule.optional(),
  /** The strings and nulls the platform is known for. */
  quirks: rule.optional(),
  /** Calls: done, but the answer is cut, or never comes; refused; everything is away. */
  'lost-answer': rule.optional(),
  hang: rule.optional(),
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

/** A call, or an event, and the customer whose thread it is about, where there is one. */
type Subject = ({ readonly method: string; readonly path: string } | { readonly type: string }) & {
  readonly customer?: string | undefined;
};

export const refusals = ['403', '404', '409', '422', '429', '5xx'] as const;

/** Those of the whole account, and those of single customers, which count in place of the account's. */
export class Faults {
  readonly #account = new FaultSet();
  readonly #customers = new Map<string, FaultSet>();

  /** Of the whole account. */
  get settings(): FaultSettings {
    return this.#account.settings;
  }

  /** @param customer for this one's threads alone; setting none ends them */
  set(settings: FaultSettings, customer?: string): void {
    if (customer === undefined) this.#account.set(settings);
    else if (Object.keys(settings).length === 0) this.#customers.delete(customer);
    else this.#customers.set(customer, new FaultSet(settings));
  }

  /** Does this fault strike this call, or this event? */
  strikes(name: FaultName, subject: Subject): boolean {
    return this.#for(subject.customer).strikes(name, subject);
  }

  /** Milliseconds of the fault's own setting. */
  time(name: FaultName, fallback: number, customer?: string): number {
    return this.#for(customer).time(name, fallback);
  }

  /** Anything up to those milliseconds. */
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

/** In the path of `on`, a star stands for one part. */
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

/** A small, well-known generator (mulberry32): chance that can be repeated, nothing more. */
function mulberry(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
