/**
 * Reads the settings snapshot with which a run begins. Repeatable: it reads memory.
 *
 * An unknown source is retried, not refused: the ingress knew it, so a worker with the newer file is
 * being rolled out, and the thread waits for it without losing events.
 */
import { ApplicationFailure } from '@temporalio/common';
import type { SettingsActivities } from '../workflows/contract/index.js';
import type { Ports } from './ports.js';

export const createReadSettings = ({ settingsOf }: Ports): SettingsActivities['readSettings'] =>
  function readSettings({ sourceId }) {
    const settings = settingsOf(sourceId);
    if (settings) return Promise.resolve(settings);
    const message = `source ${sourceId} is not in this worker's baton.config.ts`;
    return Promise.reject(ApplicationFailure.retryable(message, 'UnknownSource'));
  };
