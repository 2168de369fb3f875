/**
 * The simulator in a process of its own, so that what it costs is not taken for Baton's. Told by its
 * parent what to be; tells it of each reply that was posted and of each call that was answered.
 */
import { newState } from '../simulator/new-state.js';
import { categories, identities, sources } from '../simulator/seed.js';
import type { Thread } from '../simulator/state.js';
import { startSimulator, type SimulatorOptions } from '../simulator/simulator.js';

export type ToPlatform = {
  readonly accessToken: string;
  readonly webhook?: NonNullable<SimulatorOptions['webhook']>;
  /** Threads there are from the beginning, and that agents have. */
  readonly threadIds?: readonly string[];
};
export type FromPlatform =
  | { readonly is: 'ready'; readonly url: string }
  | { readonly is: 'answered'; readonly call: string; readonly postedTo?: string };

const plenty = 1_000_000;
const tell = (what: FromPlatform) => process.send?.(what);

process.once('message', (told: ToPlatform) => void start(told));
process.once('disconnect', () => process.exit());

async function start({ webhook, accessToken, threadIds = [] }: ToPlatform): Promise<void> {
  const account = newState();
  for (const id of threadIds) account.threads[id] = threadOfAgents(id);
  const { url } = await startSimulator({
    ...{ port: 0, accessToken, account, requestsPerMinute: plenty, exportDelay: 20 },
    ...(webhook && { webhook }),
    onExchange: ({ method, path, answer }) => {
      const isPost = method === 'POST' && path === '/1.0/contents';
      const { thread_id: postedTo } = (isPost ? answer : {}) as { thread_id?: string };
      tell({ is: 'answered', call: `${method} ${path}`, ...(postedTo && { postedTo }) });
    },
  });
  tell({ is: 'ready', url });
}

function threadOfAgents(id: string): Thread {
  const at = new Date().toISOString();
  return {
    ...{ id, source_id: sources.chat, title: id, foreign_id: id, identity_id: identities.brand },
    ...{ closed: false, input_disabled: false, categorising_until: 0 },
    ...{ thread_category_ids: [categories.agent], category_history: [] },
    ...{ contents_count: 1, interventions_count: 0 },
    ...{ last_content_at: at, created_at: at, updated_at: at },
  };
}
