/** All benches, in the order in which they run: what a customer would notice first. */
import { ack } from './ack.js';
import { cache } from './cache.js';
import { directory } from './directory.js';
import type { Bench } from './bench.js';
import { encrypted } from './encrypted.js';
import { growth } from './growth.js';
import { ingressCost } from './ingress-cost.js';
import { kills } from './kills.js';
import { longTimers } from './long-timers.js';
import { memory } from './memory.js';
import { overload } from './overload.js';
import { rateBudget } from './rate-budget.js';
import { restart } from './restart.js';
import { sideBySide } from './side-by-side.js';
import { turnCost } from './turn-cost.js';
import { turnsPerSecond } from './turns.js';

export const benches: readonly Bench[] = [
  ...[sideBySide, ack, ingressCost, turnsPerSecond, turnCost, rateBudget, overload],
  ...[encrypted, memory, cache, longTimers, kills, restart, growth, directory],
];
