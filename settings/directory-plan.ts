/** Derives what the directory must contain for these settings, and how it is refreshed. */
import type { DirectoryPlan } from '../workflows/contract/directory.js';
import type { BusinessSettings } from './business.js';

const minute = 60_000;
/** Calls per batch; a batch is repeated when a worker dies during it. */
const callsOfAPortion = 300;

export function directoryPlan(business: BusinessSettings): {
  readonly every: number | 'off';
  readonly plan: DirectoryPlan;
} {
  const { directory, botUser, engageTimeout } = business;
  const asking = Object.values(business.sources).filter((one) => one.availability !== 'ignore');
  const plan: DirectoryPlan = {
    sourceIds: sorted(asking.map(({ id }) => id)),
    categoryIds: sorted(asking.map(({ categories }) => categories.agent)),
    teamIds: sorted(asking.flatMap(({ teams }) => teams)),
    botUserId: botUser.userId,
    pace: Math.floor(minute / directory.callsPerMinute),
    callTimeout: engageTimeout + 1_000,
    portion: callsOfAPortion,
  };
  // The directory is not needed if no source checks availability.
  return { every: asking.length === 0 ? 'off' : directory.every, plan };
}

/** Sorted, so that the order of settings does not change the plan. */
function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
