/**
 * Admission control: bounds the number of deliveries in flight. Further ones are refused at once, and the
 * platform sends them again; there is no growing queue, and no acknowledgement without acceptance.
 *
 * The bound adapts, because Temporal's capacity is unknown and changes: it falls while accepting takes
 * longer than `target`, and rises while accepting is fast and the bound is reached.
 *
 * While the event loop is delayed (`behind`), requests have already waited unseen. Then only `few` are
 * admitted until the backlog has been refused. A process with little in flight, after a short stall,
 * continues as before.
 */
export type Admission = {
  /** The bound is reached: `within` would refuse. */
  readonly isFull: boolean;
  /** Runs it; `undefined` at once when the bound is reached. */
  within<T>(run: () => Promise<T>): Promise<T> | undefined;
  readonly limit: number;
};

export type AdmissionOptions = {
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

/** Share of the target. With the processing still to come, the answer stays within twice the target. */
const mostBehind = 0.5;

/** Factor of a decrease, at most one decrease within a target's duration. */
const sinkBy = 0.8;

export function createAdmission({
  first = 256,
  few = 32,
  least = 128,
  most = 512,
  target = 500,
  now = () => performance.now(),
  behind = () => 0,
}: AdmissionOptions = {}): Admission {
  const isFull = () => inside >= (behind() > mostBehind * target ? few : limit);
  let [limit, inside, sunkAt] = [first, 0, -Infinity];
  const learn = (began: number, wasUsed: boolean) => {
    const at = now();
    const took = at - began;
    if (took > target) {
      if (at - sunkAt < target) return;
      limit = Math.max(least, Math.floor(limit * sinkBy));
      sunkAt = at;
    } else if (took < target / 2 && wasUsed) limit = Math.min(most, limit + 1);
  };
  const admit = async <T>(run: () => Promise<T>): Promise<T> => {
    const began = now();
    inside += 1;
    try {
      return await run();
    } finally {
      learn(began, inside >= limit);
      inside -= 1;
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
