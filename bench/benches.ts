/** All benches, in the order in which they run. Together they are given up after nine minutes. */
import { ack } from './ack.js';
import { directory } from './directory.js';
import type { Bench } from './bench.js';
import { encrypted } from './encrypted.js';
import { memory } from './memory.js';
import { turnCost } from './turn-cost.js';

export const benches: readonly Bench[] = [directory, turnCost, memory, ack, encrypted];
