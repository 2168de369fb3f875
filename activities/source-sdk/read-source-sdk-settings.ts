/**
 * Reads the settings snapshot of a run. An unknown source is retried: the new file is still rolling
 * out.
 */
import { ApplicationFailure } from '@temporalio/common';
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

export const createReadSourceSdkSettings = ({
  sourceSdkSettingsOf,
}: Pick<SourceSdkPorts, 'sourceSdkSettingsOf'>): SourceSdkActivities['readSourceSdkSettings'] =>
  function readSourceSdkSettings({ source }) {
    const settings = sourceSdkSettingsOf(source);
    if (settings) return Promise.resolve(settings);
    throw ApplicationFailure.retryable('no such source on this worker', 'UnknownSource');
  };
