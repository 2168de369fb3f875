/**
 * Enforces the limits of `routes.ts`: 429 with `Retry-After` for too many calls, and 413 for a body on a
 * route without one. It does so before anything is read, compared or requested.
 */
import type { Context, MiddlewareHandler } from 'hono';
import { createAddressReader } from './address.js';
import { createBuckets, type Buckets } from './buckets.js';
import { routeLimits as ours, formatSize, type LimitName, type RouteLimits } from './routes.js';

export type RateLimits = {
  readonly limits: RouteLimits;
  /** Counts one call of this endpoint. @returns 0, or the seconds until the next call is allowed */
  readonly take: (name: LimitName, c: Context, whose?: string) => number;
  /** The same without counting. */
  readonly wait: (name: LimitName, c: Context) => number;
  /** For endpoints that count every call, by address. */
  readonly each: (name: LimitName) => MiddlewareHandler;
};

export type RateLimitsOptions = {
  readonly limits?: RouteLimits | undefined;
  /** Number of own proxies that every call has passed. */
  readonly trustedProxies?: number | undefined;
  readonly now?: (() => number) | undefined;
};

export function createRateLimits({
  limits = ours,
  trustedProxies = 0,
  now,
}: RateLimitsOptions = {}): RateLimits {
  const addressOf = createAddressReader(trustedProxies);
  const names = Object.keys(limits) as LimitName[];
  const made = names.map((name) => [name, createBuckets(limits[name], { ...(now && { now }) })]);
  const buckets = Object.fromEntries(made) as Record<LimitName, Buckets>;
  const take: RateLimits['take'] = (name, c, whose = addressOf(c)) => buckets[name].take(whose);
  return {
    limits,
    take,
    wait: (name, c) => buckets[name].wait(addressOf(c)),
    each: (name) => async (c, next) => {
      if (isTooLarge(c, limits[name].body)) return tooLarge(c, limits[name].body);
      const seconds = take(name, c);
      return seconds > 0 ? tooMany(c, seconds) : next();
    },
  };
}

/** Decides by the headers alone. */
function isTooLarge(c: Context, most: number): boolean {
  const isUncounted = most === 0 && c.req.header('transfer-encoding') !== undefined;
  return isUncounted || Number(c.req.header('content-length') ?? 0) > most;
}

export function tooLarge(c: Context, most: number): Response {
  c.header('connection', 'close');
  const message = `the body is larger than ${formatSize(most)}`;
  return c.json({ error: 'too_large', message }, 413);
}

export function tooMany(c: Context, seconds: number): Response {
  return c.json(describeTooMany(c, seconds), 429);
}

/** For endpoints whose errors have another form. */
export function describeTooMany(c: Context, seconds: number): { error: string; message: string } {
  c.header('retry-after', String(seconds));
  return { error: 'too_many', message: `too many calls: try again in ${seconds} s` };
}
