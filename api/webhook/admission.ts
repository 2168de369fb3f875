/**
 * Admission control: bounds the number of deliveries in flight. Further ones are refused at once with 503, and
 * the platform sends them again; so no queue grows, and nothing is acknowledged that Temporal has not accepted.
 *
 * The bound adapts, because Temporal's capacity is unknown and changes: it falls while accepting takes
 * longer than `target`, and rises while accepting is fast and the bound is reached.
 *
 * While the event loop is delayed (`behind`), requests have already waited in the socket. Then the bound is
 * `few`, until the backlog has been refused. A process with fewer deliveries in flight is not affected.
 */
export type Admission = {
  /** True if the bound is reached: `within` would refuse. */
  readonly isFull: boolean;
  /** Runs `run` and counts it as in flight; `undefined` at once if the bound is reached. */
  within<T>(run: () => Promise<T>): Promise<T> | undefined;
  readonly limit: number;
};

export type AdmissionOptions = {
  /** Bound at start, bound while the event loop is delayed, and the limits of the bound. */
  readonly first?: number;
  readonly few?: number;
  readonly least?: number;
  readonly most?: number;
  /** Target duration of accepting a delivery, in milliseconds. */
  readonly target?: number;
  readonly now?: () => number;
  /** Delay of the event loop in milliseconds, from `limits/loop-watch.ts`. */
  readonly behind?: () => number;
};

/** Longest tolerated delay of the event loop, as a share of `target`. */
const toleratedDelay = 0.5;

/** Factor by which the bound falls; it falls at most once per `target`. */
const decreaseFactor = 0.8;

export function createAdmission({
  first = 256,
  few = 32,
  least = 128,
  most = 512,
  target = 500,
  now = () => performance.now(),
  behind = () => 0,
}: AdmissionOptions = {}): Admission {
  const isFull = () => inFlight >= (behind() > toleratedDelay * target ? few : limit);
  let [limit, inFlight, decreasedAt] = [first, 0, -Infinity];
  const adapt = (began: number, wasUsed: boolean) => {
    const at = now();
    const took = at - began;
    if (took > target) {
      if (at - decreasedAt < target) return;
      limit = Math.max(least, Math.floor(limit * decreaseFactor));
      decreasedAt = at;
    } else if (took < target / 2 && wasUsed) limit = Math.min(most, limit + 1);
  };
  const admit = async <T>(run: () => Promise<T>): Promise<T> => {
    const began = now();
    inFlight += 1;
    try {
      return await run();
    } finally {
      adapt(began, inFlight >= limit);
      inFlight -= 1;
    }
  };
  return {
    get isFull() {
      return isFull();
    },
    get limit() {
      return limit;
    },
    within: (run) => (isFull() ? undefined : admit(run)),
  };
}

/** `Retry-After` of a refused delivery, in seconds. */
export const retryAfter = '5';
