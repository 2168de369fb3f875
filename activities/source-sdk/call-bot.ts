import { activityInfo } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { LaneOutcome, SourceSdkActivities } from '../../workflows/contract/index.js';
import type { SourceSdkPorts } from './ports.js';

/**
 * Tell the Source SDK bot one thing: signed, at least once, in order. Whoever tells again uses the same
 * key, so that the Source SDK bot makes it once. What its answer means:
 */
const final: ReadonlyMap<number, string> = new Map([
  [400, 'NotUnderstood'],
  [404, 'NotFound'],
  [410, 'Gone'],
  [413, 'TooLarge'],
  [422, 'Refused'],
]);

/** Anything else that is no success may be mended by whoever runs it: it is told again. */
export const createTellSourceSdkBot = ({
  sourceSdkBots,
}: Pick<SourceSdkPorts, 'sourceSdkBots'>): SourceSdkActivities['tellSourceSdkBot'] =>
  async function tellSourceSdkBot({ source, conversation, key, action, params }) {
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
    type: 'OutsideBot.NotTold',
    message: status === undefined ? 'no answer' : `answered ${status}`,
  });
}
