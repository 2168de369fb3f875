import { ApplicationFailure } from '@temporalio/common';
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

/** The snapshot a run of a Source SDK conversation works with. Unknown here: the file is still rolling out. */
export const createTakeSourceSdkSettings = ({
  sourceSdkSettingsOf,
}: Pick<SourceSdkPorts, 'sourceSdkSettingsOf'>): SourceSdkActivities['takeSourceSdkSettings'] =>
  function takeSourceSdkSettings({ source }) {
    const settings = sourceSdkSettingsOf(source);
    if (settings) return Promise.resolve(settings);
    throw ApplicationFailure.retryable('no such source on this worker', 'UnknownSource');
  };
