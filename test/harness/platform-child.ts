/**
 * The child of `platform-process.ts`: a simulator that takes its options from its parent, and reports each call that
 * it answered and the time that each of its deliveries waited for an answer.
 */
import { secrets, unlimited } from '../../local/secrets.js';
import { newState } from '../../simulator/new-state.js';
import { categories, identities, sources } from '../../simulator/seed.js';
import type { Thread } from '../../simulator/state.js';
import { startSimulator } from '../../simulator/simulator.js';
import type { SimulatorOptions } from '../../simulator/options.js';
import { webhookAt } from './platform.js';

export type ToPlatform = {
  readonly webhookUrl?: string;
  /** Threads that exist from the beginning, and that agents have. */
  readonly threadIds?: readonly string[];
} & Pick<SimulatorOptions, 'requestsPerMinute' | 'minute' | 'timeScale'>;

export type Answered = {
  readonly is: 'answered';
  /** Method, path, and the ids in its parameters. */
  readonly call: string;
  readonly status: number;
  /** Unix milliseconds. */
  readonly at: number;
  /** Thread to which it posted a reply. */
  readonly postedTo?: string;
};
export type Delivered = {
  readonly is: 'delivered';
  /** Milliseconds until its answer. */
  readonly took: number;
  /** Absent when there was no answer. */
  readonly status?: number;
  /** Whether it announces a content of a customer. */
  readonly isCustomers: boolean;
};
export type FromPlatform = { readonly is: 'ready'; readonly url: string } | Answered | Delivered;

const report = (what: FromPlatform) => process.send?.(what);

process.once('message', (options: ToPlatform) => void start(options));
process.once('disconnect', () => process.exit());

async function start({ threadIds = [], webhookUrl, ...options }: ToPlatform): Promise<void> {
  const account = newState();
  for (const id of threadIds) account.threads[id] = threadOfAgents(id);
  if (webhookUrl !== undefined) timeDeliveries(webhookUrl);
  const { url } = await startSimulator({
    ...{ port: 0, account, requestsPerMinute: unlimited, exportDelay: 20 },
    ...options,
    accessToken: secrets.ENGAGE_TOKEN,
    ...(webhookUrl !== undefined && { webhook: webhookAt(webhookUrl) }),
    onExchange: ({ method, path, parameters, status, answer }) => {
      const isPost = method === 'POST' && path === '/1.0/contents';
      const { thread_id: postedTo } = (isPost ? answer : {}) as { thread_id?: string };
      const call = [method, path, idsIn(parameters)].join(' ');
      report({ is: 'answered', call, status, at: Date.now(), ...(postedTo && { postedTo }) });
    },
  });
  report({ is: 'ready', url });
}

function idsIn(parameters: Readonly<Record<string, unknown>>): string {
  const { in_reply_to_id, content_id, thread_id, q } = parameters;
  return [in_reply_to_id, content_id, thread_id, q].filter((one) => typeof one === 'string').join();
}

/** The simulator delivers with the global `fetch`. */
function timeDeliveries(webhookUrl: string): void {
  const { fetch: send } = globalThis;
  globalThis.fetch = async (url, options) => {
    if (url !== webhookUrl) return send(url, options);
    const body = options?.body;
    const isCustomers = typeof body === 'string' && body.includes('"content.imported"');
    const began = performance.now();
    const end = (status?: number) => {
      const took = performance.now() - began;
      report({ is: 'delivered', took, isCustomers, ...(status !== undefined && { status }) });
    };
    try {
      const answer = await send(url, options);
      end(answer.status);
      return answer;
    } catch (error) {
      end();
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
