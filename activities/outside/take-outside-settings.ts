import { ApplicationFailure } from '@temporalio/common';
import type { OutsideActivities } from '../../workflows/contract/index.js';
import type { OutsidePorts } from './ports.js';

/** The snapshot a run of an outside conversation works with. Unknown here: the file is still rolling out. */
export const createTakeOutsideSettings = ({
  outsideSettingsOf,
}: Pick<OutsidePorts, 'outsideSettingsOf'>): OutsideActivities['takeOutsideSettings'] =>
  function takeOutsideSettings({ source }) {
    const settings = outsideSettingsOf(source);
    if (settings) return Promise.resolve(settings);
    throw ApplicationFailure.retryable('no such source on this worker', 'UnknownSource');
  };
