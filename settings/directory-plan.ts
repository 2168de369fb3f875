/** What the directory must know for these settings, and how it is kept. */
import type { DirectoryPlan } from '../workflows/contract/directory.js';
import type { BusinessSettings } from './business.js';

const minute = 60_000;
/** What is read again when a worker dies in the middle. */
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
  // Where nobody asks who is there, nobody needs to know.
  return { every: asking.length === 0 ? 'off' : directory.every, plan };
}

/** The same settings in another order are the same plan. */
function sorted(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].sort();
}
