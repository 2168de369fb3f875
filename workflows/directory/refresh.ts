/**
 * The schedule's short workflow: requests a refresh of the directory. The directory workflow, which is
 * started if it does not run, does the reading.
 */
import { proxyActivities } from '@temporalio/workflow';
import type { AskDirectoryActivities, DirectoryPlan } from '../contract/directory.js';

const { askDirectory } = proxyActivities<AskDirectoryActivities>({
  startToCloseTimeout: '10s',
  retry: { initialInterval: '1s', maximumInterval: '30s' },
});

export async function directoryRefresh(plan: DirectoryPlan): Promise<void> {
  await askDirectory(plan);
}
