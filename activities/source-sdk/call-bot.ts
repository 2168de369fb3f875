/**
 * Sends one update to the Source SDK bot. Every other status except success may be temporary and is
 * retried.
 */
import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { LaneOutcome, SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

/**
 * Statuses that end the delivery of an update to the Source SDK bot. Updates are signed and sent in
 * order, at least once; retries use the same key, so that the bot can drop duplicates.
 */
const final: ReadonlyMap<number, string> = new Map([
  [400, 'NotUnderstood'],
  [404, 'NotFound'],
  [410, 'Gone'],
  [413, 'TooLarge'],
  [422, 'Refused'],
]);

export const createUpdateSourceSdkBot = ({
  sourceSdkBots,
}: Pick<SourceSdkPorts, 'sourceSdkBots'>): SourceSdkActivities['updateSourceSdkBot'] =>
  async function updateSourceSdkBot({ source, conversation, key, action, params }) {
    const bot = sourceSdkBots?.(source);
    if (!bot)
      throw ApplicationFailure.retryable('it is not known on this worker', 'NoSourceSdkBot');
    const retry = activityInfo().attempt > 1;
    const body = JSON.stringify({
      action,
      params: { ...params, source, conversation },
      key,
      retry,
    });
    const status = await bot.post(body, key);
    return outcomeOf(status);
  };

function outcomeOf(status: number | undefined): LaneOutcome {
  if (status !== undefined && status >= 200 && status < 300) return { is: 'done' };
  const code = status === undefined ? undefined : final.get(status);
  if (code !== undefined) return { is: 'refused', code };
  throw ApplicationFailure.create({
    type: 'SourceSdkBot.NotDelivered',
    message: status === undefined ? 'no answer' : `answered ${status}`,
  });
}
