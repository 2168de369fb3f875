/**
 * The simulator as the platform of a stack, in this process: its account is the ground truth of a run, and
 * customers can wait for the replies of the bot.
 */
import { EventEmitter, once } from 'node:events';
import { secrets, unlimited } from '../../local/secrets.js';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { newState } from '../../simulator/new-state.js';
import type { SimulatorOptions } from '../../simulator/options.js';
import { startSimulator } from '../../simulator/simulator.js';
import type { Content, State } from '../../simulator/state.js';
import type { Cleanup } from './program.js';

export type Platform = {
  readonly url: string;
  readonly control: SimulatorControl;
  readonly account: State;
  /** The bot's replies to a content, oldest first. */
  repliesTo(contentId: string): readonly Content[];
  /** Resolves with whether a content had this number of replies within the time, in milliseconds. */
  untilReplies(contentId: string, count: number, within: number): Promise<boolean>;
};

export type PlatformOptions = Pick<SimulatorOptions, 'exportDelay' | 'timeScale'> & {
  readonly webhookUrl: string;
};

/** The webhook of an account, with the secrets that Baton's roles have. */
export function webhookAt(url: string): NonNullable<SimulatorOptions['webhook']> {
  const { BATON_WEBHOOK_SECRET: secret, BATON_WEBHOOK_VERIFY_TOKEN: verifyToken } = secrets;
  return { url, secret, verifyToken };
}

export async function openPlatform(
  cleanup: Cleanup,
  { webhookUrl, ...options }: PlatformOptions,
): Promise<Platform> {
  const account = newState();
  const posted = new EventEmitter().setMaxListeners(0);
  const simulator = await startSimulator({
    ...{ port: 0, account, requestsPerMinute: unlimited },
    ...options,
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: webhookAt(webhookUrl),
    onExchange: ({ method, path, answer }) => {
      if (method !== 'POST' || path !== '/1.0/contents') return;
      const { in_reply_to_id: to } = answer as { in_reply_to_id?: string };
      if (to !== undefined) posted.emit(to);
    },
  });
  cleanup.atTheEnd(() => simulator.stop());
  const repliesTo = (contentId: string) =>
    Object.values(account.contents).filter(
      ({ in_reply_to_id: to, by }) => to === contentId && by.startsWith('bot:'),
    );
  const untilReplies = async (contentId: string, count: number, within: number) => {
    const signal = AbortSignal.timeout(within);
    const isDone = () => repliesTo(contentId).length >= count;
    while (!isDone() && !signal.aborted) {
      await once(posted, contentId, { signal }).catch(() => undefined);
    }
    return isDone();
  };
  const { url } = simulator;
  return { url, control: connectControl(url), account, repliesTo, untilReplies };
}
