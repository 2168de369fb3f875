/**
 * How much is taken in at once. What comes on top is told so at once, and is sent again by whoever sent
 * it: nobody waits in a line that only grows, and nothing is acknowledged that was not accepted.
 *
 * The bound finds itself. While handing over takes longer than `target` it sinks, and while it is quick
 * and all room is used it rises: what Temporal can bear is not known beforehand, and changes.
 *
 * Who comes while this process is itself `behind` has waited already, unseen, before anything could be
 * asked of it: then there is room for `few`, until those who wait have been told so. One who stood still for
 * a moment, and has not much inside, goes on as before.
 */
export type Admission = {
  /** There is no room: `within` would say so. */
  readonly isFull: boolean;
  /** Runs it; `undefined` at once when there is no room. */
  within<T>(run: () => Promise<T>): Promise<T> | undefined;
  readonly limit: number;
};

export type AdmissionOptions = {
  readonly first?: number;
  readonly few?: number;
  readonly least?: number;
  readonly most?: number;
  /** Milliseconds that handing over may take. */
  readonly target?: number;
  readonly now?: () => number;
  /** Milliseconds that whoever is served now may have waited before; `loop-watch.ts`. */
  readonly behind?: () => number;
};

/** Of the target: with what is to come, an answer is still given within twice of it. */
const mostBehind = 0.5;

/** By how much it sinks, at most once in the time of a target. */
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

/** Seconds after which whoever was turned away may try again. */
export const retryAfter = '5';
