/**
 * The platform the cluster's customers are on: the simulator in this process, with what it knows at hand,
 * and whoever waits for a reply told of it.
 */
import { EventEmitter, once } from 'node:events';
import { newState } from '../../simulator/new-state.js';
import { connectControl, type SimulatorControl } from '../../simulator/control-client.js';
import { startSimulator } from '../../simulator/simulator.js';
import type { Content, State } from '../../simulator/state.js';
import { secrets } from '../../local/baton.js';
import type { Ending } from './program.js';

export type ClusterPlatform = {
  readonly url: string;
  readonly control: SimulatorControl;
  /** The ground truth. */
  readonly account: State;
  /** What the bot has said in answer to a content, oldest first. */
  repliesTo(contentId: string): readonly Content[];
  /** Resolves with whether there were so many in time. */
  untilReplies(contentId: string, count: number, within: number): Promise<boolean>;
};

/** The platform sends again after 3 s instead of 32, and so on: a run lasts minutes. */
const timeScale = 10;
const unlimited = 1_000_000;

export async function openPlatform(stage: Ending, webhookUrl: string): Promise<ClusterPlatform> {
  const account = newState();
  const news = new EventEmitter();
  news.setMaxListeners(0);
  const simulator = await startSimulator({
    ...{ port: 0, account, timeScale, exportDelay: 20, requestsPerMinute: unlimited },
    accessToken: secrets.ENGAGE_TOKEN,
    webhook: {
      url: webhookUrl,
      secret: secrets.BATON_WEBHOOK_SECRET,
      verifyToken: secrets.BATON_WEBHOOK_VERIFY_TOKEN,
    },
    onExchange: ({ method, path, answer }) => {
      if (method !== 'POST' || path !== '/1.0/contents') return;
      const { in_reply_to_id: to } = answer as { in_reply_to_id?: string };
      if (to !== undefined) news.emit(to);
    },
  });
  stage.atTheEnd(() => simulator.stop());
  const repliesTo = (contentId: string) =>
    Object.values(account.contents).filter(
      ({ in_reply_to_id: to, by }) => to === contentId && by.startsWith('bot:'),
    );
  const untilReplies = async (contentId: string, count: number, within: number) => {
    const signal = AbortSignal.timeout(within);
    while (repliesTo(contentId).length < count) {
      try {
        await once(news, contentId, { signal });
      } catch {
        return repliesTo(contentId).length >= count;
      }
    }
    return true;
  };
  const { url } = simulator;
  return { url, control: connectControl(url), account, repliesTo, untilReplies };
}
