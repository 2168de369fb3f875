/** The ingress's endpoints without rate limits, for tests that call often on purpose. */
import {
  routeLimits,
  type RouteLimit,
  type LimitName,
  type RouteLimits,
} from '../../../api/limits/routes.js';

const often = { atOnce: 1e9, perMinute: 1e9 };
const all = Object.entries(routeLimits) as [LimitName, RouteLimit][];

export const roomy = Object.fromEntries(
  all.map(([name, endpoint]) => [name, { ...endpoint, ...often }]),
) as RouteLimits;
