/** What a run is told when it starts: its settings, and whether an earlier run of the thread was ended. */
import { isCancellation, proxyLocalActivities } from '@temporalio/workflow';
import type {
  EndedRunActivities,
  SettingsActivities,
  SourceSettings,
} from '../../contract/index.js';
import type { Happening } from '../core.js';

/** While an unknown source waits for a worker that knows it, timers wait, and not tasks of the worker. */
const { readSettings } = proxyLocalActivities<SettingsActivities>({
  ...{ startToCloseTimeout: '5s', localRetryThreshold: '2s' },
});
const newerSettings = proxyLocalActivities<SettingsActivities>({
  startToCloseTimeout: '5s',
  retry: { maximumAttempts: 3, initialInterval: '100ms' },
});
const { findEndedRun } = proxyLocalActivities<EndedRunActivities>({
  startToCloseTimeout: '2s',
  retry: { maximumAttempts: 1 },
});

/**
 * Returns the settings, and queues the end of an earlier run.
 *
 * @param kept settings of the run that this one continues; they stay if newer ones cannot be read at once
 */
export async function beginRun(
  sourceId: string,
  queue: Happening[],
  kept?: SourceSettings,
): Promise<SourceSettings> {
  const [settings, ended] = await Promise.all([
    settingsFor(sourceId, kept),
    kept ? [] : earlierRun(),
  ]);
  queue.push(...ended);
  return settings;
}

async function settingsFor(
  sourceId: string,
  kept: SourceSettings | undefined,
): Promise<SourceSettings> {
  if (!kept) return readSettings({ sourceId });
  return newerSettings.readSettings({ sourceId }).catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    return kept;
  });
}

/**
 * Best effort: searches lag behind, and Temporal may not answer in time. The reconciler looks too
 * (`workflows/reconcile`), so that a thread is told in any case.
 */
async function earlierRun(): Promise<readonly Happening[]> {
  const ended = await findEndedRun().catch((error: unknown) => {
    if (isCancellation(error)) throw error;
    return undefined;
  });
  return ended ? [{ type: 'runEnded', ended }] : [];
}
