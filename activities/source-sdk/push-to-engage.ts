/**
 * Pushes one object of a Source SDK conversation to the platform. Repeatable: the platform recognises
 * objects by our ids, so a lost answer is followed by another push. A refusal is an outcome.
 */
import { ApplicationFailure } from '@temporalio/common';
import { SdkError } from '../../engage/source-sdk/client.js';
import type { SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

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
