/**
 * The simulator in a process of its own, so that what it costs is not taken for Baton's. Told by its
 * parent what to be; tells it of each reply that was posted, each call that was answered, and how long
 * each delivery of its own waited for its answer.
 */
import { newState } from '../../simulator/new-state.js';
import { categories, identities, sources } from '../../simulator/seed.js';
import type { Thread } from '../../simulator/state.js';
import { startSimulator } from '../../simulator/simulator.js';
import type { SimulatorOptions } from '../../simulator/options.js';

export type ToPlatform = {
  readonly accessToken: string;
  readonly webhook?: NonNullable<SimulatorOptions['webhook']>;
  /** Threads there are from the beginning, and that agents have. */
  readonly threadIds?: readonly string[];
} & Pick<SimulatorOptions, 'requestsPerMinute' | 'minute' | 'timeScale'>;

export type Answered = {
  readonly is: 'answered';
  /** Method, path, and what it is about where the path does not say. */
  readonly call: string;
  readonly status: number;
  /** Unix milliseconds. */
  readonly at: number;
  readonly postedTo?: string;
};
export type Delivered = {
  readonly is: 'delivered';
  /** Milliseconds until its answer. */
  readonly took: number;
  /** Absent: there was no answer. */
  readonly status?: number;
  /** Does it bring what a customer has said? */
  readonly isCustomers: boolean;
};
export type FromPlatform = { readonly is: 'ready'; readonly url: string } | Answered | Delivered;

const unlimited = 1_000_000;
const tell = (what: FromPlatform) => process.send?.(what);

process.once('message', (told: ToPlatform) => void start(told));
process.once('disconnect', () => process.exit());

async function start({ threadIds = [], ...told }: ToPlatform): Promise<void> {
  const account = newState();
  for (const id of threadIds) account.threads[id] = threadOfAgents(id);
  if (told.webhook) timeDeliveries(told.webhook.url);
  const { url } = await startSimulator({
    ...{ port: 0, account, requestsPerMinute: unlimited, exportDelay: 20 },
    ...told,
    onExchange: ({ method, path, parameters, status, answer }) => {
      const isPost = method === 'POST' && path === '/1.0/contents';
      const { thread_id: postedTo } = (isPost ? answer : {}) as { thread_id?: string };
      const call = [method, path, about(parameters)].join(' ');
      tell({ is: 'answered', call, status, at: Date.now(), ...(postedTo && { postedTo }) });
    },
  });
  tell({ is: 'ready', url });
}

function about(parameters: Readonly<Record<string, unknown>>): string {
  const { in_reply_to_id, content_id, thread_id, q } = parameters;
  return [in_reply_to_id, content_id, thread_id, q].filter((one) => typeof one === 'string').join();
}

/** The sender's calls are made with the one `fetch` of this process. */
function timeDeliveries(webhookUrl: string): void {
  const { fetch: send } = globalThis;
  globalThis.fetch = async (url, options) => {
    if (url !== webhookUrl) return send(url, options);
    const body = options?.body;
    const isCustomers = typeof body === 'string' && body.includes('"content.imported"');
    const began = performance.now();
    const told = (status?: number) => {
      const took = performance.now() - began;
      tell({ is: 'delivered', took, isCustomers, ...(status !== undefined && { status }) });
    };
    try {
      const answer = await send(url, options);
      told(answer.status);
      return answer;
    } catch (error) {
      told();
      throw error;
    }
  };
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
