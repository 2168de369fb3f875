/**
 * The simulator in a process of its own, so that what it costs is not taken for Baton's. Told by its
 * parent what to be; tells it of each reply that was posted and of each call that was answered.
 */
import { startSimulator, type SimulatorOptions } from '../simulator/simulator.js';

export type ToPlatform = {
  readonly webhook: NonNullable<SimulatorOptions['webhook']>;
  readonly accessToken: string;
};
export type FromPlatform =
  | { readonly is: 'ready'; readonly url: string }
  | { readonly is: 'answered'; readonly call: string; readonly postedTo?: string };

const plenty = 1_000_000;
const tell = (what: FromPlatform) => process.send?.(what);

process.once('message', (told: ToPlatform) => void start(told));
process.once('disconnect', () => process.exit());

async function start({ webhook, accessToken }: ToPlatform): Promise<void> {
  const { url } = await startSimulator({
    ...{ port: 0, accessToken, webhook, requestsPerMinute: plenty, exportDelay: 20 },
    onExchange: ({ method, path, answer }) => {
      const isPost = method === 'POST' && path === '/1.0/contents';
      const { thread_id: postedTo } = (isPost ? answer : {}) as { thread_id?: string };
      tell({ is: 'answered', call: `${method} ${path}`, ...(postedTo && { postedTo }) });
    },
  });
  tell({ is: 'ready', url });
}
