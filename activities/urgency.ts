/** How urgent a call to the platform is: as urgent as the activity that makes it. */
import { Context } from '@temporalio/activity';

/** Temporal's own default. */
const usual = 3;

/** 1 is sooner than 5. */
export function urgencyNow(): number {
  try {
    return Context.current().info.priority?.priorityKey ?? usual;
  } catch {
    // Nobody's activity: a process that starts, or a test.
    return usual;
  }
}
