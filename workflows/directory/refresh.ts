/**
 * The schedule's short run: asks the directory to be read again. The directory itself lives on and does
 * the reading; where it is gone, it is started.
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
