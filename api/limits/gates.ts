/**
 * The doors' limits at work: who has called too often is told so with 429 and when to come again, a body
 * where none is taken with 413. Nothing is read, compared or asked for them.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { createAddressOf } from './address.js';
import { createBuckets, type Buckets } from './buckets.js';
import { doors as ours, inWords, type DoorName, type Doors } from './doors.js';

export type Gates = {
  readonly doors: Doors;
  /** Counts one of this door's calls. @returns 0, or the seconds until one is allowed again */
  readonly take: (door: DoorName, c: Context, whose?: string) => number;
  /** The same without counting. */
  readonly wait: (door: DoorName, c: Context) => number;
  /** For doors that count every call, by address. */
  readonly each: (door: DoorName) => MiddlewareHandler;
};

export type GatesOptions = {
  readonly doors?: Doors | undefined;
  /** How many proxies of ours every call has passed. */
  readonly trustedProxies?: number | undefined;
  readonly now?: (() => number) | undefined;
};

export function createGates({ doors = ours, trustedProxies = 0, now }: GatesOptions = {}): Gates {
  const addressOf = createAddressOf(trustedProxies);
  const names = Object.keys(doors) as DoorName[];
  const made = names.map((name) => [name, createBuckets(doors[name], { ...(now && { now }) })]);
  const buckets = Object.fromEntries(made) as Record<DoorName, Buckets>;
  const take: Gates['take'] = (door, c, whose = addressOf(c)) => buckets[door].take(whose);
  return {
    doors,
    take,
    wait: (door, c) => buckets[door].wait(addressOf(c)),
    each: (door) => async (c, next) => {
      if (isTooLarge(c, doors[door].body)) return tooLarge(c, doors[door].body);
      const seconds = take(door, c);
      return seconds > 0 ? tooMany(c, seconds) : next();
    },
  };
}

/** By its headers alone. */
function isTooLarge(c: Context, most: number): boolean {
  const isUncounted = most === 0 && c.req.header('transfer-encoding') !== undefined;
  return isUncounted || Number(c.req.header('content-length') ?? 0) > most;
}

export function tooLarge(c: Context, most: number): Response {
  c.header('connection', 'close');
  const message = `the body is larger than ${inWords(most)}`;
  return c.json({ error: 'too_large', message }, 413);
}

export function tooMany(c: Context, seconds: number): Response {
  return c.json(tooManyOf(c, seconds), 429);
}

/** For doors whose errors have another form. */
export function tooManyOf(c: Context, seconds: number): { error: string; message: string } {
  c.header('retry-after', String(seconds));
  return { error: 'too_many', message: `too many calls: try again in ${seconds} s` };
}
