import { ApplicationFailure } from '@temporalio/common';
import { SdkError } from '../../engage/source-sdk/client.js';
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

/**
 * Push one object of a Source SDK conversation to the platform. Repeatable: the platform knows what it
 * has by our ids, so a lost answer is answered by pushing again. A refusal is an outcome.
 */
export const createPushToEngage = ({
  sdk,
}: Pick<SourceSdkPorts, 'sdk'>): SourceSdkActivities['pushToEngage'] =>
  async function pushToEngage({ sourceId, action, params }) {
    if (!sdk) throw ApplicationFailure.retryable('no secret for it on this worker', 'NoSdkSecret');
    try {
      await sdk.push(sourceId, { action, params });
      return { is: 'done' };
    } catch (error) {
      if (!(error instanceof SdkError)) throw error;
      if (!error.isTransient) return { is: 'refused', code: error.code };
      const { name, message, retryAfter } = error;
      throw ApplicationFailure.create({
        ...{ type: name, message },
        ...(retryAfter !== undefined && { nextRetryDelay: retryAfter }),
      });
    }
  };
