/** Shared by endpoints of the ingress: admission control, rate limits, and the log. */
import type { Log } from '../../runtime/log.js';
import { createAdmission, type Admission } from '../webhook/admission.js';
import { watchLoop } from './loop-watch.js';
import { createRateLimits, type RateLimits, type RateLimitsOptions } from './rate-limits.js';

export type Guarded = {
  readonly admission: Admission;
  readonly rateLimits: RateLimits;
  readonly log: Log;
};

type GuardedOptions = RateLimitsOptions & {
  readonly log: Log;
  /** Delay of this process's event loop, in milliseconds. */
  readonly behind?: (() => number) | undefined;
};

export function createGuarded(options: GuardedOptions): Guarded {
  const { log, behind = watchLoop() } = options;
  return { admission: createAdmission({ behind }), rateLimits: createRateLimits(options), log };
}
