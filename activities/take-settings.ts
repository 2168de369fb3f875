import { ApplicationFailure } from '@temporalio/common';
import type { SettingsActivities } from '../workflows/contract/index.js';
import type { Ports } from './ports.js';

/**
 * The snapshot of a source's settings a run begins with. Repeatable: it reads memory.
 *
 * A source this worker does not know is retried, not refused: the ingress knew it, so a worker with
 * the newer file is on its way, and the thread waits for it with nothing lost.
 */
export const createReadSettings = ({ settingsOf }: Ports): SettingsActivities['readSettings'] =>
  function readSettings({ sourceId }) {
    const settings = settingsOf(sourceId);
    if (settings) return Promise.resolve(settings);
    const message = `source ${sourceId} is not in this worker's baton.config.ts`;
    return Promise.reject(ApplicationFailure.retryable(message, 'UnknownSource'));
  };
