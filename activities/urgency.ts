/** Priority of a call to the platform: that of the activity that makes it. */
import { Context } from '@temporalio/activity';

/** Temporal's own default. */
const usual = 3;

/** Lower is sooner: 1 comes before 5. */
export function urgencyNow(): number {
  try {
    return Context.current().info.priority?.priorityKey ?? usual;
  } catch {
    // Called outside an activity: at the start of a process, or in a test.
    return usual;
  }
}
